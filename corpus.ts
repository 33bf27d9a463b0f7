// `npm run test:corpus`: how refusals of other systems are read, one line per set.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readExamples, tally, type Known } from '#diagnosis/foreign/tally.ts'
import { parseReason } from '#diagnosis/reason.ts'

type Collected = Known & { readonly cause: string }

let wrongs = 0
const ours = resolve(import.meta.dirname, 'src/diagnosis/foreign/examples.jsonl')
report('our examples', readExamples(readFileSync(ours, 'utf8')))

const file = resolve(import.meta.dirname, '../shared/facts/corpus-402.jsonl')
if (existsSync(file)) report('collected refusals', collected())
else console.log(`collected refusals: skipped, ${file} is not there`)
process.exit(wrongs === 0 ? 0 : 1)

function collected(): Known[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const { cause, ...answer } = JSON.parse(line) as Collected
      return { ...answer, meant: parseReason(cause) }
    })
}

function report(name: string, set: readonly Known[]): void {
  const { right, wrong, unknown } = tally(set)
  wrongs += wrong
  console.log(`${name}: right ${right}, wrong ${wrong}, unknown ${unknown}`)
}
