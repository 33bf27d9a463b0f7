// `npm run bench`: speed as ratios, each measured side by side in this one run. Absolute figures differ from machine to
// machine; the median of the per-round ratios is what counts, and the spread is printed with it.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build, type Manifest, type Rolldown } from 'vite'

const ROUNDS = 12
const SLICE_MS = 1_000
const CONNECTIONS = 32
const PORT = 4520

await bytes()
await sdkBytes()
await checks()
// Of its own, since it needs no build: `npm run bench:timeline`.
await import('./bench-timeline.ts')

/** What a fix screen loads before it can be used, against the same libraries with nothing of ours. */
async function bytes(): Promise<void> {
  await build({ logLevel: 'silent' })
  const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8')) as Manifest
  const files = new Set<string>()
  const collect = (key: string) => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const sheet of chunk.css ?? []) files.add(sheet)
    for (const imported of chunk.imports ?? []) collect(imported)
  }
  collect('index.html')
  collect('src/portal/screens/update-card/screen.tsx')
  const ours = [...files].reduce((total, file) => total + brotli(readFileSync(join('dist', file))), 0)
  const floor = await floorBytes()
  console.log(
    `fix screen, JS and CSS, brotli: ${ours} bytes = ${(ours / floor).toFixed(2)} × react, router and query alone (${floor})`,
  )
}

async function floorBytes(): Promise<number> {
  const source = `
    import { createRoot } from 'react-dom/client'
    import { createElement } from 'react'
    import { createBrowserRouter, RouterProvider } from 'react-router-dom'
    import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
    const Page = () => useQuery({ queryKey: [1], queryFn: () => 1 }).data
    const router = createBrowserRouter([{ path: '/', Component: Page, loader: () => null }])
    createRoot(document.body).render(createElement(QueryClientProvider, { client: new QueryClient() }, createElement(RouterProvider, { router })))`
  const name = '\0floor.js'
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      { name: 'floor', resolveId: (id) => (id === name ? id : null), load: (id) => (id === name ? source : null) },
    ],
    build: { write: false, target: 'es2022', modulePreload: { polyfill: false }, rolldownOptions: { input: name } },
  })) as Rolldown.RolldownOutput
  return output.output.reduce((total, chunk) => total + ('code' in chunk ? brotli(Buffer.from(chunk.code)) : 0), 0)
}

/** What an app loads: the SDK's core on its server or worker, the banner in its pages. */
async function sdkBytes(): Promise<void> {
  const sizes = ['fix402', 'banner'].map(async (name) => {
    const { output } = (await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        target: 'es2022',
        modulePreload: false,
        rolldownOptions: { input: `src/sdk/${name}.ts`, preserveEntrySignatures: 'strict' },
      },
    })) as Rolldown.RolldownOutput
    const total = output.reduce((sum, chunk) => sum + ('code' in chunk ? brotli(Buffer.from(chunk.code)) : 0), 0)
    return `${name === 'fix402' ? 'core' : name} ${total} bytes`
  })
  console.log(`SDK, minified, brotli: ${(await Promise.all(sizes)).join(', ')}`)
}

function brotli(content: Uint8Array): number {
  return brotliCompressSync(content).length
}

/** Server CPU per access check that is answered from the last reading, against a bare node:http answer. */
async function checks(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fix402-bench-'))
  const portal = run('src/server/main.ts', { PORT: String(PORT), DATA_DIR: folder })
  const bare = run(
    '--input-type=module',
    {},
    `import{createServer}from'node:http';createServer((q,s)=>{q.resume();s.end('{"ok":true}')}).listen(${PORT + 3})`,
  )
  try {
    await Promise.all([answering(PORT, '/readyz'), answering(PORT + 3, '/')])
    await ask(PORT, 'PUT', '/v1/accounts/acct_bench', '{"label":"Bench"}')
    const ratios: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const [first, second] = round % 2 === 0 ? ([bare, portal] as const) : ([portal, bare] as const)
      const costs = new Map([
        [first, await cost(first, first === bare)],
        [second, await cost(second, second === bare)],
      ])
      ratios.push((costs.get(bare) ?? 0) / (costs.get(portal) ?? 1))
    }
    ratios.sort((a, b) => a - b)
    const [least = 0, middle = 0, most = 0] = [ratios[0], ratios[ROUNDS >> 1], ratios.at(-1)]
    console.log(
      `access check (refused, written down): ${middle.toFixed(2)} of the bare node:http server per CPU second [${least.toFixed(2)}–${most.toFixed(2)}]`,
    )
  } finally {
    for (const child of [portal, bare]) child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(file: string, environment: Record<string, string>, code?: string): ChildProcess {
  const args = code === undefined ? [file] : [file, '-e', code]
  return spawn(process.execPath, args, { env: { ...process.env, NODE_ENV: '', ...environment }, stdio: 'ignore' })
}

/** CPU seconds of the server per request during one slice (Linux: /proc). */
async function cost(server: ChildProcess, isBare: boolean): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const began = cpuSeconds(server)
  const until = Date.now() + SLICE_MS
  let answered = 0
  const body = '{"account":"acct_bench"}'
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (Date.now() < until) {
        await (isBare ? ask(PORT + 3, 'POST', '/', body, agent) : ask(PORT, 'POST', '/v1/checks', body, agent))
        answered++
      }
    }),
  )
  agent.destroy()
  return (cpuSeconds(server) - began) / answered
}

function cpuSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

async function answering(port: number, path: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const ok = await fetch(`http://localhost:${port}${path}`).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`nothing answers on port ${port}`)
}

function ask(port: number, method: string, path: string, body: string, agent?: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: 'Bearer fix402_test_demo',
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
    }
    const asking = request({ host: 'localhost', port, method, path, headers, ...(agent && { agent }) }, (response) => {
      response.resume()
      response.on('end', resolve)
    })
    asking.on('error', reject)
    asking.end(body)
  })
}
