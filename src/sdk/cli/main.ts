#!/usr/bin/env node
import { parseCommand } from './arguments.ts'
import { run } from './run.ts'
import { surroundingsOf } from './surroundings.ts'

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
// Whoever reads us may stop reading (`| head`): that is no fault of ours.
process.stdout.on('error', () => process.exit())

process.exitCode = await run(parseCommand(process.argv.slice(2)), {
  ...surroundingsOf(process.env, process.stdout),
  key: process.env['FIX402_KEY'] || undefined,
  stdin: process.stdin,
  signal: stop.signal,
  print: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
})
