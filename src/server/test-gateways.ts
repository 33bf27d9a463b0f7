import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as ask, type IncomingHttpHeaders, type Server } from 'node:http'
import { connect, createServer as createSocketServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const START_MS = 15_000
const document = readFileSync(resolve(import.meta.dirname, '../../docs/gateways.md'), 'utf8')

/** The fenced blocks of docs/gateways.md in a language, as they are printed there. */
export function printed(language: string): string[] {
  const blocks = document.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))
  return [...blocks].map(([, text = '']) => text)
}

export type Gateway = {
  readonly origin: string
  /** What nginx wrote about each request. */
  log(): string
  close(): Promise<void>
}

export type Started = {
  readonly portal: number
  readonly app: number
  /** Changes made to the printed configuration: `[what, into what]`. */
  readonly changed?: readonly (readonly [string, string])[]
  /** Milliseconds the gateway waits for the portal; as printed where nothing is said. */
  readonly patience?: number
}

export const gateways = {
  nginx: { program: find('nginx', '/usr/sbin/nginx'), start: startNginx },
  Caddy: { program: find('caddy', '/usr/bin/caddy'), start: (how: Started) => startCaddy(0, how) },
} as const

/** The small Caddy that stands beside Traefik. */
export function startGuard(how: Started): Promise<Gateway> {
  return startCaddy(1, how)
}

async function startNginx(how: Started): Promise<Gateway> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'fix402-nginx-'))
  const server = adapt(printed('nginx')[0] ?? '', how)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('/var/cache/nginx/fix402', join(folder, 'cache'))
    .replace('/var/log/nginx/fix402.log', join(folder, 'access.log'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  )
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, `pid ${folder}/pid; error_log stderr; events {} http { ${temporary.join(' ')}\n${server}\n}`)
  const child = spawn(gateways.nginx.program ?? '', ['-p', folder, '-c', file, '-g', 'daemon off; master_process off;'])
  return running(child, port, folder)
}

async function startCaddy(block: number, how: Started): Promise<Gateway> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'fix402-caddy-'))
  const site = adapt(printed('caddyfile')[block] ?? '', how).replace(/^:\d+ \{/, `http://127.0.0.1:${port} {`)
  const file = join(folder, 'Caddyfile')
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${site}`)
  const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(gateways.Caddy.program ?? '', ['run', '--config', file, '--adapter', 'caddyfile'], { env })
  return running(child, port, folder)
}

/** Tests share a machine, so its patience is longer than printed, except where that is what is tested. */
function adapt(text: string, { portal, app, changed = [], patience = 10_000 }: Started): string {
  let adapted = text
    .replaceAll('127.0.0.1:4020', `127.0.0.1:${portal}`)
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${app}`)
    .replaceAll('300ms', `${patience}ms`)
  for (const [what, into] of changed) {
    if (!adapted.includes(what)) throw new Error(`docs/gateways.md has no ${what}`)
    adapted = adapted.replaceAll(what, into)
  }
  return adapted
}

async function running(child: ChildProcess, port: number, folder: string): Promise<Gateway> {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)))
  const deadline = Date.now() + START_MS
  while (!(await accepts(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the gateway did not start: ${said}`)
    await sleep(20)
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    log: () => (existsSync(join(folder, 'access.log')) ? readFileSync(join(folder, 'access.log'), 'utf8') : said),
    close: async () => {
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Heard = { method: string; url: string; headers: IncomingHttpHeaders; bytes: number }

/** A small app: it tells what it heard, refuses `/own-403` itself, breaks off at `/breaks`, and takes every WebSocket. */
export async function startApp(): Promise<{ port: number; heard: Heard[]; close: () => Promise<void> }> {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    let bytes = 0
    request.on('data', (chunk: Buffer) => (bytes += chunk.length))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      heard.push({ method, url, headers, bytes })
      if (url === '/breaks') request.socket.destroy()
      response.writeHead(url === '/own-403' ? 403 : 200, { 'content-type': 'text/plain' }).end('the app')
    })
  })
  server.on('upgrade', ({ method = '', url = '', headers }, socket) => {
    heard.push({ method, url, headers, bytes: 0 })
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    socket.pipe(socket)
  })
  return { port: await listening(server), heard, close: () => closed(server) }
}

/** Somebody who takes every call and never says a word. */
export async function startSilence(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer(() => {})
  return { port: await listening(server), close: () => closed(server) }
}

type Heeded = { status: number; headers: IncomingHttpHeaders; text: string }

/** Asks as any client does; headers that a browser guards can be set. */
export function send(
  origin: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: Buffer | string } = {},
): Promise<Heeded> {
  return new Promise((done, fail) => {
    const sent = ask(`${origin}${path}`, { method, headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.on('upgrade', (response, socket) => {
      socket.destroy()
      done({ status: response.statusCode ?? 0, headers: response.headers, text: '' })
    })
    sent.on('error', fail)
    sent.end(body)
  })
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createSocketServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(socket.destroy().destroyed))
    socket.once('error', () => done(false))
  })
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}

function find(name: string, usual: string): string | undefined {
  const places = [usual, ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))]
  return places.find((place) => existsSync(place))
}
