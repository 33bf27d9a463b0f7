import { readConfig } from './config.ts'
import { scenarioNames, scenarioOf } from './scenarios.ts'

const [name] = process.argv.slice(2)
const { origin } = readConfig(process.env)

if (name === undefined || !scenarioNames.some((known) => known === name)) {
  const width = Math.max(...scenarioNames.map(({ length }) => length))
  const lines = scenarioNames.map((known) => `  ${known.padEnd(width)}  ${scenarioOf(known).title}`)
  stop(['usage: node src/sandbox/demo/scenario.ts <name>', ...lines].join('\n'))
}

const response = await fetch(new URL(`/scenarios/${name}`, origin), {
  method: 'POST',
  headers: { accept: 'application/json' },
}).catch(() => stop(`the demo app does not answer on ${origin}`))
if (!response.ok) stop(`the demo app answered ${response.status}: ${await response.text()}`)

type Staged = { account: string; customer: string; subscriptions: string[]; invoice?: string; door: string }
const staged = (await response.json()) as Staged
const rows = {
  account: staged.account,
  customer: staged.customer,
  subscriptions: staged.subscriptions.join(' '),
  invoice: staged.invoice ?? 'none open',
  open: staged.door,
}
for (const [label, value] of Object.entries(rows)) process.stdout.write(`${label.padEnd(14)} ${value}\n`)

function stop(line: string): never {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}
