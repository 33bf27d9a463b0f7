import { parseArgs } from 'node:util'

const on402 = ['fail', 'warn', 'wait'] as const

export type ReadCommand = {
  readonly kind: '402'
  /** A file, `-` for standard input, or an address. */
  readonly from: string
  readonly headers: readonly string[]
  readonly on402: (typeof on402)[number]
  /** Seconds to wait at most. */
  readonly timeout: number | undefined
  readonly qr: boolean
  readonly json: boolean
  /** The origin of a portal that knows other vendors' refusals. */
  readonly portal: string | undefined
}

export type Command =
  | ReadCommand
  | { readonly kind: 'webhook-secret' }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string }

export const help = `fix402 402 <file | - | url>   reads a refusal: what is wrong, who can settle it, where
  -H, --header 'Name: value'     sent to the url; may be repeated
  --on-402=fail|warn|wait        exit 42 (default), exit 0, or wait until it is settled
  --timeout=<seconds>            the longest to wait
  --json                         one line for programs
  --no-qr                        no QR code on a terminal
  --portal=<origin>              asks this portal about other vendors' refusals, with the key in FIX402_KEY
fix402 webhook-secret            prints the secret of your webhooks, made from the key in FIX402_KEY

exit codes: 0 served, settled or only warned of · 42 refused · 43 expired or cancelled ·
            44 nothing to read · 45 not a refusal of fix402 · 2 usage · 130 interrupted`

export function parseCommand(words: string[]): Command {
  let parsed
  try {
    parsed = parseWords(words)
  } catch (error) {
    return { kind: 'wrong', why: error instanceof Error ? error.message : String(error) }
  }
  const { values, positionals } = parsed
  const [command, from, ...more] = positionals
  if (values.help || command === undefined) return { kind: 'help' }
  if (command === 'webhook-secret' && from === undefined) return { kind: 'webhook-secret' }
  if (command !== '402') return { kind: 'wrong', why: `there is no command ${command}` }
  if (from === undefined || more.length > 0) return { kind: 'wrong', why: '402 takes one file, - or address' }
  const chosen = on402.find((choice) => choice === values['on-402'])
  if (!chosen) return { kind: 'wrong', why: '--on-402 is fail, warn or wait' }
  const timeout = values.timeout === undefined ? undefined : Number(values.timeout)
  if (timeout !== undefined && !(timeout >= 0)) return { kind: 'wrong', why: '--timeout is a number of seconds' }
  if (values.header.some((line) => !/^[\w!#$%&'*+.^`|~-]+:/.test(line)))
    return { kind: 'wrong', why: "--header is 'Name: value'" }
  return {
    kind: '402',
    from,
    headers: values.header,
    on402: chosen,
    timeout,
    qr: !values['no-qr'],
    json: values.json,
    portal: values.portal,
  }
}

function parseWords(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      header: { type: 'string', short: 'H', multiple: true, default: [] },
      'on-402': { type: 'string', default: 'fail' },
      timeout: { type: 'string' },
      'no-qr': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      portal: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
}
