/** What a body holds: short codes with the name of the field they stood in, and sentences for people. */
export type Said = { readonly codes: readonly Code[]; readonly texts: readonly string[] }

export type Code = { readonly field: string; readonly value: string }

/** A refusal says what is wrong near its top. What lies beyond these bounds is not read, so no body can be expensive. */
const bounds = { values: 2_000, depth: 16, codes: 200, texts: 100, characters: 16_000, json: 1_000_000 } as const

/** Fields that speak about the request, or point elsewhere; what stands in them is not the refusal's. */
// Google names in `quotaId` whether it is a quota of a minute or of a day.
const ignored =
  /^(?!quota_id$)(?:.*_?(?:url|uri|href|link|links|id|ids|token|stack|trace|traceback|timestamp|date|at|email|path|file|model)|param|params?_?name|request|input|prompt|messages|headers|instance|docs|documentation|object|method|version|currency|locale|lang)$/

/** Reads a JSON value, JSON text, HTML, XML, a form or plain text. */
export function readBody(body: unknown): Said {
  const codes: Code[] = []
  const texts: string[] = []
  const queue: { field: string; value: unknown; depth: number }[] = [{ field: '', value: body, depth: 0 }]
  let characters = 0
  const push = (field: string, value: unknown, depth: number) => {
    if (queue.length < bounds.values && depth <= bounds.depth) queue.push({ field, value, depth })
  }
  for (let at = 0; at < queue.length; at++) {
    const item = queue[at]
    if (!item) break
    const { field, value, depth } = item
    if (typeof value === 'string') readText(field, value, depth)
    else if (value === true && field !== '' && codes.length < bounds.codes) codes.push({ field: 'flag', value: field })
    else if (Array.isArray(value)) for (const each of value.slice(0, bounds.values)) push(field, each, depth + 1)
    else if (typeof value === 'object' && value !== null) {
      const subject = subjectOf(field, value)
      for (const [name, each] of Object.entries(value).slice(0, bounds.values)) {
        if (typeof each === 'string') readState(name, each, subject)
        if (markers.has(name) && codes.length < bounds.codes) codes.push({ field: 'flag', value: name })
        else if (!isIgnored(name, each)) push(snake(name), each, depth + 1)
      }
    }
  }
  return { codes, texts }

  /** `{subscription: {status: "paused"}}` and `{subscription_status: "paused"}` say `subscription_paused`. */
  function readState(name: string, state: string, subject: string): void {
    const [, prefix = ''] = /^(?:(.*)_)?(?:status|state)$/.exec(snake(name)) ?? []
    const whose = subjects.has(prefix) ? prefix : prefix === '' && /^(?:status|state)$/i.test(name) ? subject : ''
    if (whose !== '' && state.length <= 50 && codes.length < bounds.codes) {
      codes.push({ field: name, value: `${whose}_${state}` })
    }
  }

  function readText(field: string, raw: string, depth: number): void {
    const text = raw.trim()
    if (text === '') return
    const parsed = parse(text)
    if (parsed !== undefined) return push(field, parsed, depth + 1)
    if (!/\s/.test(text.slice(0, 200))) {
      if (text.length <= 200 && codes.length < bounds.codes) codes.push({ field, value: text })
      // Chinese and Japanese put no spaces: a sentence may look like one word.
      if (!/[\u3040-\u30ff\u4e00-\u9fff]/u.test(text.slice(0, 200))) return
    }
    if (/<[a-z!/?]/i.test(text)) return readMarkup(text, depth)
    const inner = jsonWithin(text)
    if (inner === undefined) return addText(text)
    push(field, inner, depth + 1)
    addText(`${text.slice(0, text.indexOf('{'))}\n${text.slice(text.lastIndexOf('}') + 1)}`)
  }

  function readMarkup(text: string, depth: number): void {
    let silent = ''
    let flow = ''
    for (const piece of text.split('<')) {
      const close = piece.indexOf('>')
      const name = /^\/?([a-z][\w:-]{0,40})/i.exec(piece)?.[1]?.toLowerCase() ?? ''
      if (silent !== '' && piece.startsWith(`/${silent}`)) silent = ''
      else if (name === 'script' || name === 'style') silent = name
      if (silent !== '') continue
      const content = piece.slice(close + 1)
      if (/^(?:.*:)?(?:code|error|reason|type|status)$/.test(name) && !piece.startsWith('/'))
        push(name, content, depth + 1)
      else flow += inline.has(name) ? content : `\n${content}`
      if (flow.length > bounds.characters) break
    }
    addText(decode(flow))
  }

  function addText(text: string): void {
    const room = Math.min(bounds.characters - characters, text.length)
    if (room <= 0 || texts.length >= bounds.texts) return
    characters += room
    texts.push(text.slice(0, room))
  }
}

/** Frames: x402's (v1 in the body), where all is about a payment per request; pydantic's, where all is about the request. */
const markers: ReadonlySet<string> = new Set(['x402Version', 'loc'])

/** What is in a state: Stripe's objects, and what apps call theirs. */
const subjects: ReadonlySet<string> = new Set([
  'subscription',
  'membership',
  'license',
  'licence',
  'trial',
  'invoice',
  'payment',
  'payment_intent',
  'setup_intent',
  'charge',
  'card',
  'payment_method',
])

function subjectOf(field: string, value: object): string {
  const named = 'object' in value && typeof value.object === 'string' ? snake(value.object) : field
  return subjects.has(named) ? named : ''
}

const inline: ReadonlySet<string> = new Set(['a', 'b', 'i', 'em', 'strong', 'span', 'code', 'small', 'u'])

const entities = new Map([
  ['&nbsp;', ' '],
  ['&#39;', "'"],
  ['&#x27;', "'"],
  ['&rsquo;', "'"],
  ['&quot;', '"'],
  ['&amp;', '&'],
])

function decode(text: string): string {
  return text.replaceAll(/&#?\w{1,6};/g, (entity) => entities.get(entity) ?? ' ')
}

function isIgnored(name: string, value: unknown): boolean {
  const field = snake(name)
  // A problem's type is a URI (RFC 9457), and so is its last part a code.
  return typeof value !== 'object' && field !== 'type' && ignored.test(field)
}

/** Words in lower case, joined by `_`: `declineCode`, `DECLINE-CODE` and `decline code` are one. */
export function snake(name: string): string {
  return name
    .slice(0, 200)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')
}

function parse(text: string): unknown {
  if (text.length > bounds.json || !/^(?:[[{]|"[\s\S])/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A program's message around another's body: `BadRequestError: 402 {"error":{…}}`. */
function jsonWithin(text: string): unknown {
  const start = text.indexOf('{')
  const end = text.lastIndexOf('}')
  return start > 0 && end > start ? parse(text.slice(start, end + 1)) : undefined
}
