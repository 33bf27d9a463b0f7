import { readConfig } from './config.ts'
import { findScenario, groups, scenarioOf, stateScenarios } from './scenarios.ts'

const [text = '', seconds] = process.argv.slice(2)
const { origin } = readConfig(process.env)

const name = findScenario(text)
if (name === undefined) {
  const parts = [...groups, ...stateScenarios]
  const width = Math.max(...parts.flatMap(([, names]) => names.map(({ length }) => length)))
  const lines = parts.flatMap(([title, names]) => [
    '',
    title,
    ...names.map((known) => `  ${known.padEnd(width)}  ${scenarioOf(known).title}`),
  ])
  stop(
    [
      'usage: node src/sandbox/demo/scenario.ts <name or reason> [seconds]',
      'The seconds are for what passes by itself.',
      ...lines,
    ].join('\n'),
  )
}

const address = new URL(`/scenarios/${name}`, origin)
if (seconds !== undefined) address.searchParams.set('seconds', seconds)
const response = await fetch(address, {
  method: 'POST',
  headers: { accept: 'application/json' },
}).catch(() => stop(`the demo app does not answer on ${origin}`))
if (!response.ok) stop(`the demo app answered ${response.status}: ${await response.text()}`)

type Staged = { account: string; customer: string; subscriptions: string[]; invoice?: string; door: string }
const staged = (await response.json()) as Staged
const { reasons } = scenarioOf(name)
const rows = {
  account: staged.account,
  customer: staged.customer || 'none',
  subscriptions: staged.subscriptions.join(' ') || 'none',
  ...(staged.invoice !== undefined && { invoice: staged.invoice }),
  refused: reasons.join(', then ') || 'no',
  open: staged.door,
}
for (const [label, value] of Object.entries(rows)) process.stdout.write(`${label.padEnd(14)} ${value}\n`)

function stop(line: string): never {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}
