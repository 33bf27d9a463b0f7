import { pollUntilSettled, type Outcome } from '#sdk/poll.ts'
import { annotation } from './annotation.ts'
import { getAnswer, type Answer } from './answer.ts'
import type { ReadCommand } from './arguments.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { classify, type Foreign } from './foreign.ts'
import { qrLines } from './qr.ts'
import { parseRefusal, type Refusal } from './refusal.ts'
import type { Terminal } from './terminal.ts'
import { againLine, headLine, message, openLine, outcomes, seenStates, whoLine } from './words.ts'

/** What it came to; the words of `--json`'s `result`. */
type Result = 'served' | 'unreadable' | 'foreign' | 'refused' | Exclude<Outcome, 'timeout' | 'aborted'> | 'interrupted'

const exits = {
  served: exitCodes.fine,
  resolved: exitCodes.fine,
  refused: exitCodes.refused,
  expired: exitCodes.over,
  cancelled: exitCodes.over,
  unknown: exitCodes.over,
  unreadable: exitCodes.unreadable,
  foreign: exitCodes.foreign,
  interrupted: exitCodes.interrupted,
} as const satisfies Record<Result, ExitCode>

/** `fix402 402 …`: reads a refusal, says what it says, and waits when asked to. */
export async function readRefusal(command: ReadCommand, terminal: Terminal): Promise<ExitCode> {
  const got = await getAnswer(command, terminal)
  if (terminal.signal.aborted) return exitCodes.interrupted
  if (got.kind === 'none') return end(command, terminal, 'unreadable', { message: got.why })
  const { answer } = got
  const refusal = parseRefusal(parseJson(answer.body))
  if (refusal) return told(refusal, command, terminal)
  if (answer.status !== undefined && answer.status < 300) {
    return end(command, terminal, 'served', { message: `Served: ${answer.status}.` })
  }
  return foreign(answer, command, terminal)
}

async function told(refusal: Refusal, command: ReadCommand, terminal: Terminal): Promise<ExitCode> {
  if (!command.json) show(refusal, command, terminal)
  const outcome = command.on402 === 'wait' ? await waitFor(refusal, command, terminal) : undefined
  if (outcome === 'timeout') terminal.note(outcomes.timeout)
  const result = outcome === undefined || outcome === 'timeout' ? 'refused' : outcome
  return end(command, terminal, result === 'aborted' ? 'interrupted' : result, {
    message: outcome === undefined ? message(refusal) : outcomes[outcome],
    reason: refusal.reason,
    title: refusal.title,
    detail: refusal.detail,
    who: refusal.who,
    retry: refusal.retry,
    remaining: refusal.remaining,
    resets_at: refusal.resetsAt,
    url: refusal.link?.href,
    code: refusal.code,
    poll: refusal.poll?.url.href,
  })
}

function show(refusal: Refusal, { on402, qr }: ReadCommand, { log, columns, colour, print }: Terminal): void {
  const { link, label } = refusal
  const note = annotation(log, on402 === 'fail' ? 'error' : 'warning', {
    title: refusal.title,
    text: `${headLine(refusal)}. ${whoLine(refusal)} ${openLine(refusal)}`,
  })
  if (note !== undefined) print(note)
  print(colour ? `\u001B[1m${headLine(refusal)}\u001B[22m` : headLine(refusal))
  print(whoLine(refusal))
  print(openLine(refusal))
  if (link) print(`     ${label}, on ${link.host}`)
  print(againLine(refusal))
  const code = link && qr && columns !== undefined ? qrLines(link.href, { columns, colour }) : undefined
  for (const line of code ?? []) print(line)
}

async function waitFor(refusal: Refusal, command: ReadCommand, terminal: Terminal): Promise<Outcome | undefined> {
  const { note, signal } = terminal
  if (!refusal.poll) {
    note('This refusal names no address of its portal to ask, so there is nothing to wait for.')
    return undefined
  }
  note('Waiting until it is settled. Ctrl-C ends the waiting, not the refusal.')
  let last = ''
  const say = (line: string | undefined) => {
    if (line !== undefined && line !== last) note(line)
    last = line ?? last
  }
  return pollUntilSettled(refusal.poll.url.href, {
    interval: refusal.poll.interval,
    timeout: command.timeout,
    signal,
    onStanding: ({ state }) => say(seenStates[state]),
    onTrouble: () => say('The portal does not answer; asking again.'),
  })
}

/** Something that refuses, in words that are not ours. */
async function foreign(answer: Answer, command: ReadCommand, terminal: Terminal): Promise<ExitCode> {
  const { portal } = command
  const { key, signal } = terminal
  const what = answer.status === undefined ? 'This' : `This answer (${answer.status})`
  const said = `${what} is not a refusal of a fix402 portal.`
  if (portal === undefined) return end(command, terminal, 'foreign', { message: said })
  if (key === undefined)
    return end(command, terminal, 'foreign', { message: `${said} Set FIX402_KEY to ask ${portal}.` })
  const found = await classify(answer, { portal, key, signal })
  if (typeof found === 'string')
    return end(command, terminal, 'foreign', { message: `${said} Asked about it: ${found}.` })
  return end(command, terminal, 'foreign', {
    message: `${said} ${opinion(found)}`,
    reason: found.reason,
    who: found.who,
    ambiguous: found.ambiguous,
    url: found.link?.href,
  })
}

function opinion({ reason, title, ambiguous, link }: Foreign): string {
  const open = link ? ` Open ${link.href}` : ''
  if (ambiguous.length > 0) return `It can mean ${ambiguous.join(' or ')}; your account tells which.${open}`
  if (reason === 'unknown') return `What it means cannot be told from it.${open}`
  return `It means ${reason}${title === undefined ? '' : ` (${title})`}.${open}`
}

type Said = { readonly message: string; readonly [member: string]: unknown }

/** The last line, and the exit code that goes with it. What is refused has been shown already. */
function end(command: ReadCommand, terminal: Terminal, result: Result, said: Said): ExitCode {
  const warned = command.on402 === 'warn' && (result === 'refused' || result === 'foreign')
  const exit = warned ? exitCodes.fine : exits[result]
  if (command.json) terminal.print(JSON.stringify({ result, exit, ...said }))
  else if (exits[result] === exitCodes.fine) terminal.print(said.message)
  else if (result !== 'refused') {
    const line = annotation(terminal.log, warned ? 'warning' : 'error', { title: result, text: said.message })
    terminal.print(line ?? said.message)
  }
  return exit
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
