import { readFile } from 'node:fs/promises'
import { clean, safeUrl } from './clean.ts'

/** An HTTP answer as far as it is known: of a file that holds a body only that. */
export type Answer = {
  readonly status: number | undefined
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

type Got = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'none'; readonly why: string }

export type Source = {
  readonly from: string
  /** `Name: value`, sent when `from` is an address. */
  readonly headers: readonly string[]
}

type Hands = { readonly stdin: AsyncIterable<Uint8Array | string>; readonly signal: AbortSignal }

const MOST = 1_000_000
/** Milliseconds. */
const PATIENCE = 30_000

/** Reads an answer from standard input (`-`), an address or a file. */
export async function getAnswer(source: Source, { stdin, signal }: Hands): Promise<Got> {
  const { from } = source
  try {
    if (/^https?:\/\//i.test(from)) return await fetchAnswer(source, signal)
    const text = from === '-' ? await readAll(stdin) : await readFile(from, 'utf8')
    if (text.length > MOST) return none('that is more than a megabyte, not a refusal')
    return text.trim() === '' ? none('there is nothing to read') : { kind: 'answer', answer: parseAnswer(text) }
  } catch (error) {
    return none(clean(reasonOf(error)))
  }
}

/** A body, or a whole answer as `curl -i` prints it, which may begin with answers of proxies and redirects. */
function parseAnswer(text: string): Answer {
  const block = /^HTTP\/[\d.]+ (\d{3})[^\n]*\n((?:[^\r\n]+\r?\n)*)\r?\n?/
  let rest = text.trimStart()
  let answer: Answer = { status: undefined, headers: {}, body: rest }
  for (let head = block.exec(rest); head; head = block.exec(rest)) {
    rest = rest.slice(head[0].length)
    answer = { status: Number(head[1]), headers: parseHeaders(head[2] ?? ''), body: rest }
  }
  return answer
}

function parseHeaders(lines: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of lines.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? []
    if (name !== '') headers[name.toLowerCase()] = value
  }
  return headers
}

async function fetchAnswer({ from, headers }: Source, signal: AbortSignal): Promise<Got> {
  const url = safeUrl(from)
  if (!url) return none('the address must be https, or http on this machine')
  const response = await fetch(url, {
    headers: { accept: 'application/problem+json, application/json', ...parseHeaders(headers.join('\n')) },
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    // Where an answer points to is not where the caller's key may go.
    redirect: 'manual',
  })
  const body = (await response.text()).slice(0, MOST)
  return { kind: 'answer', answer: { status: response.status, headers: Object.fromEntries(response.headers), body } }
}

async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream) {
    parts.push(Buffer.from(part))
    size += part.length
    if (size > MOST) break
  }
  return Buffer.concat(parts).toString('utf8')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message || error.message : error.message
}

function none(why: string): Got {
  return { kind: 'none', why }
}
