// `npm run build:sdk`: the SDK as the npm package `fix402`, in dist-sdk (or the folder
// that is named): one ES module per file with its types, without
// dependencies; the command line and the banner for plain pages are one file each.
import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'

const OUT = process.argv[2] ?? 'dist-sdk'
/** What may be imported, by the name of its module. */
const entries = ['fix402', 'express', 'fastify', 'hono', 'next', 'client', 'webhooks', 'react'] as const

rmSync(OUT, { recursive: true, force: true })
compile()
writeFileSync(join(OUT, 'banner.js'), await bundle('src/sdk/banner.ts', 'browser'))
writeFileSync(join(OUT, 'cli.js'), await bundle('src/sdk/cli/main.ts', 'node'))
writeFileSync(join(OUT, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`)
copyFileSync('LICENSE', join(OUT, 'LICENSE'))
writeFileSync(join(OUT, 'README.md'), readme())

function compile(): void {
  const arguments_ = ['node_modules/typescript/bin/tsc', '-p', 'src/sdk/tsconfig.package.json', '--outDir', OUT]
  const { status, stdout } = spawnSync(process.execPath, arguments_, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the SDK does not compile:\n${stdout}`)
  // The compiler rewrites the names of imported files in JavaScript only.
  for (const name of readdirSync(OUT).filter((file) => file.endsWith('.d.ts'))) {
    const file = join(OUT, name)
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll(/(from|import\()(\s*['"]\.\/[\w-]+)\.ts(['"])/g, '$1$2.js$3'),
    )
  }
}

async function bundle(entry: string, platform: 'browser' | 'node'): Promise<string> {
  const isNode = platform === 'node'
  const { output } = (await build({
    configFile: false,
    logLevel: 'warn',
    ...(isNode && { ssr: { noExternal: true, target: 'node' } }),
    build: {
      ...(isNode && { ssr: true }),
      write: false,
      target: isNode ? 'node20' : 'es2022',
      minify: !isNode,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format: isNode ? 'es' : 'iife', codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput
  const [chunk, ...others] = output
  if (others.length > 0) throw new Error(`${entry} is more than one file`)
  return chunk.code
}

function manifest(): object {
  const { version, description, license } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>
  const module = (name: string) => ({ types: `./${name}.d.ts`, default: `./${name}.js` })
  return {
    name: 'fix402',
    version,
    description,
    license,
    type: 'module',
    exports: {
      ...Object.fromEntries(entries.map((name) => [name === 'fix402' ? '.' : `./${name}`, module(name)])),
      './banner.js': module('banner'),
      './package.json': './package.json',
    },
    bin: { fix402: './cli.js' },
    files: ['*.js', '*.d.ts'],
    sideEffects: ['./banner.js', './cli.js'],
    engines: { node: '>=20' },
    peerDependencies: { react: '>=18' },
    peerDependenciesMeta: { react: { optional: true } },
  }
}

function readme(): string {
  return `# fix402

Answer 402 well: your customer lands on the one screen that lifts it, fixes it, and is back on the page that was refused.

\`\`\`ts
import { connectFix402 } from 'fix402/express' // or /fastify, /hono, /next; 'fix402' itself works on Request and Response

const billing = connectFix402({
  portal: 'https://billing.example.com',
  appId: 'app_12',
  key: process.env.FIX402_KEY,
  account: (request) => request.session?.account,
  actor: (request) => request.session?.user,
})
app.use(billing.requirePaid())
\`\`\`

\`fix402/client\` waits for a refusal to be lifted, \`fix402/webhooks\` verifies what the portal tells, \`fix402/react\` and
\`fix402/banner.js\` warn inside your app, \`npx fix402\` explains a refusal in a terminal. Node 20 or newer; web standards only.
`
}
