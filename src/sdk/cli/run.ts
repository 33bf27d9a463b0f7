import { webhookSecret } from '#sdk/webhooks.ts'
import { help, type Command } from './arguments.ts'
import { clean } from './clean.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { readRefusal } from './read-refusal.ts'
import type { Terminal } from './terminal.ts'

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  switch (command.kind) {
    case '402':
      return readRefusal(command, terminal)
    case 'webhook-secret':
      if (terminal.key === undefined) return wrong('set FIX402_KEY to the key of your app', terminal)
      terminal.print(await webhookSecret(terminal.key))
      return exitCodes.fine
    case 'help':
      terminal.print(help)
      return exitCodes.fine
    case 'wrong':
      return wrong(clean(command.why), terminal)
  }
}

function wrong(why: string, { note }: Terminal): ExitCode {
  note(`fix402: ${why}`)
  note('fix402 --help says how it is used')
  return exitCodes.usage
}
