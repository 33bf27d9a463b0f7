import { findingOf, type Finding } from '#diagnosis/decline-codes.ts'
import { reasons, type Reason } from '#diagnosis/reason.ts'
import { asian } from './asian-phrases.ts'
import { snake, type Code, type Said } from './body.ts'
import { codeWords } from './code-words.ts'
import { meaningOfCode } from './codes.ts'
import { denials, guesses, negations } from './doubt-words.ts'
import { english } from './english-phrases.ts'
import { european } from './european-phrases.ts'
import { further } from './further-phrases.ts'
import type { Evidence, Meaning } from './evidence.ts'
import { meanings } from './phrases.ts'
import { find, index, tokenise, type Sentence, type Span } from './words.ts'

const phrases = index([...meanings(english), ...meanings(european), ...meanings(further)])
const codePatterns = index(meanings(codeWords))
const ownCodes: ReadonlySet<string> = new Set(reasons)

/** Pieces of evidence are compared in pairs, so there are not more of them. A refusal has a handful. */
const MOST = 150

const or = /(?<![\p{L}\p{N}])(?:or|oder|ou|o|either)(?![\p{L}\p{N}])|或|または|もしくは/giu

/** Everything the body proves, and whether two pieces stand in one sentence with an "or" between them. */
export function evidenceOf(said: Said, status: number | undefined) {
  const texts = said.texts.map((text) => withoutAddresses(text))
  const found: Evidence[] = [
    ...said.codes.flatMap((code) => evidenceOfCode(code, said, status)),
    ...texts.flatMap((text, at) => {
      const codes = codesWithin(text).map((code) => [code.value, evidenceOfCode(code, said, status)] as const)
      // What was read as a code is not read again as words.
      const read = codes.filter(([, means]) => means.length > 0).map(([value]) => value)
      const words = read.reduce((left, value) => left.replaceAll(value, ' '.repeat(value.length)), text)
      return [...evidenceOfText(words, at), ...codes.flatMap(([, means]) => means)]
    }),
  ]
  const evidence = isOfCard(said) ? found.map((item) => ofCard(item)) : found
  const ors = texts.map((text) => [...text.matchAll(or)].slice(0, MOST).map(({ index: at }) => at))
  const apart = ({ span: one }: Evidence, { span: other }: Evidence) => {
    if (!one || !other || one.text !== other.text) return false
    const [left, right] = one.start <= other.start ? [one, other] : [other, one]
    const between = texts[one.text]?.slice(left.end, right.start) ?? ''
    if (/[.!?]\s|[。！？]/.test(between)) return false
    return (ors[one.text] ?? []).some((at) => at >= left.end && at <= right.start)
  }
  return { evidence: evidence.slice(0, MOST), apart }
}

/** Adyen, Mollie and others name the bank's answer in a field: "not enough balance" is then the card's. */
function isOfCard({ codes }: Said): boolean {
  return codes.some(
    ({ field, value }) =>
      /refusal|decline/.test(field) || /^(?:payment_method_error|card_error|declined|refused)$/i.test(value),
  )
}

function ofCard(item: Evidence): Evidence {
  return item.reasons.includes('credits_exhausted') ? { ...item, reasons: ['card_declined'] } : item
}

function withoutAddresses(text: string): string {
  return text.replaceAll(/https?:\/\/\S+/g, ' ')
}

function evidenceOfText(text: string, at: number): Evidence[] {
  const sentence = tokenise(text)
  const words = find(sentence, phrases).flatMap(({ means, from, to, skipped }) => {
    const before = lead(sentence, from)
    if (!isOther(means) && isDenied(before, skipped)) return []
    const near = sentence.tokens.slice(Math.max(0, from - 4), to).map(({ word }) => word)
    // "Could not charge" is told, not supposed.
    const told = near.some((word, index) => word === 'could' && near[index + 1] === 'not')
    const guessed =
      means.guessed === true || [...before, ...skipped].some((word) => guesses.has(word) && !(told && word === 'could'))
    const start = sentence.tokens[from]?.start ?? 0
    const end = sentence.tokens[to - 1]?.end ?? start
    // "Suspended: payment method required": the cause is what comes after.
    const weight = isExplained(means, text.slice(end, end + 4)) ? 'hint' : means.weight
    return { ...means, weight, span: { text: at, start, end }, guessed }
  })
  const found = words.slice(0, MOST)
  const whole = found.filter((one) => !found.some((other) => isPartOf(one, other)))
  if (!/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/u.test(text)) return whole
  const signs = asian.flatMap(([pattern, means]) =>
    [...text.matchAll(pattern)].map(({ 0: found, index: start }) => ({
      ...means,
      span: { text: at, start, end: start + found.length },
      guessed: /可能|如果|もし/u.test(text.slice(Math.max(0, start - 8), start + found.length)),
    })),
  )
  return [...whole, ...signs]
}

/** "Not found on this board": another trade's words are so in whatever sentence. */
function isOther({ reasons, weight }: Meaning): boolean {
  return weight === 'sure' && reasons.length === 1 && reasons[0] === 'unknown'
}

function isExplained({ reasons }: Meaning, after: string): boolean {
  return reasons.length === 1 && reasons[0] === 'account_frozen' && /^\s*[:—–]\s*\S/.test(after)
}

function isDenied(before: readonly string[], skipped: readonly string[]): boolean {
  return (
    before.some((word) => denials.has(word)) ||
    [...skipped, before.at(-1) ?? ''].some((word) => negations.has(word)) ||
    /\bnot (?:because|due)\b/.test(before.join(' '))
  )
}

/** "Quota or rate limit" is not also "rate limit": an open sentence is not settled by a piece of itself. */
function isPartOf({ span: one, weight }: Evidence & { span: Span }, other: Evidence & { span: Span }): boolean {
  if (other.reasons.length === 1 || other.guessed || (weight === 'sure' && other.weight !== 'sure')) return false
  const { start, end } = other.span
  return one.start >= start && one.end <= end && one.end - one.start < end - start
}

/** The four words before, of the same sentence. */
function lead({ tokens }: Sentence, from: number): readonly string[] {
  const before = tokens.slice(Math.max(0, from - 4), from).map(({ word }) => word)
  return before.slice(before.lastIndexOf('.') + 1)
}

/** Codes in running text: `Code: DEPLOYMENT_PAUSED`, `code = ResourceExhausted`. */
function codesWithin(text: string): Code[] {
  const found = text.match(/\b[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+\b|\b(?:[A-Z][a-z0-9]+){2,8}\b/g) ?? []
  return found.slice(0, 50).map((value) => ({ field: 'text', value }))
}

function evidenceOfCode({ field, value }: Code, said: Said, status: number | undefined): Evidence[] {
  const names = namesOf(value)
  for (const name of names) {
    if (name === 'authentication_required' && !isAboutPayment(said, field, status)) return []
    if (name !== 'unknown' && ownCodes.has(name)) return [{ reasons: [name as Reason], weight: 'sure' }]
    if (/^(?:.*_)?(?:decline|failure)_code$/.test(field) && name === 'insufficient_funds')
      return [{ reasons: ['card_declined'], weight: 'sure' }]
    const exact = meaningOfCode.get(name)
    if (exact) return [exact]
    const stripe = stripeMeaning(name, field, said)
    if (stripe) return [stripe]
  }
  return names.flatMap((name) => {
    const whole = find(tokenise(name.replaceAll('_', ' ')), codePatterns)
      .filter(({ skipped }) => !skipped.includes('not'))
      .map(({ means, from, to }) => ({ ...means, span: { text: -1, start: from, end: to } }))
    const read = whole.filter((one) => !whole.some((other) => isPartOf(one, other)))
    // `payment_overdue_or_declined`: whatever was read of it, the other half may be true.
    return /_or_/.test(name) ? read.map((one) => ({ ...one, guessed: true })) : read
  })
}

/** The code as it stands, without its name space, and without "error". */
function namesOf(value: string): readonly string[] {
  const whole = value.slice(0, 200)
  const last = whole.split(/[#/:.]/).findLast((part) => part !== '') ?? ''
  const bare = (name: string) => name.replace(/_(?:error|exception|fault)$/, '').replace(/^(?:err|error|e)_/, '')
  const names = [last, ...(whole.includes('/') ? [] : [whole])].map(snake)
  return [...new Set(names.flatMap((name) => [name, bare(name)]))].filter((name) => name !== '')
}

/** Stripe's codes have common names; out of its own frame only those that speak of a card count. */
function stripeMeaning(name: string, field: string, said: Said): Meaning | undefined {
  const finding = findingOf(name)
  if (!finding) return undefined
  const framed =
    /^(?:.*_)?(?:decline|failure)_code$/.test(field) || said.codes.some(({ value }) => value === 'card_error')
  if (!framed && !/card|cvc|expir|payment_intent/.test(name)) return undefined
  return stripeFindings[finding]
}

const declined = { reasons: ['card_declined'], weight: 'sure' } as const
const elsewhere = { reasons: ['unknown'], weight: 'sure', who: 'nobody' } as const
const stripeFindings: Record<Finding, Meaning | undefined> = {
  silent: declined,
  refused: declined,
  stopped: declined,
  hidden: declined,
  funds: declined,
  limit: declined,
  later: declined,
  data: declined,
  unsuited: declined,
  account: declined,
  accountData: declined,
  accountBlocked: declined,
  expired: { reasons: ['card_expired'], weight: 'sure' },
  confirm: { reasons: ['authentication_required'], weight: 'sure' },
  billing: { reasons: ['billing_details_missing'], weight: 'sure' },
  retry: elsewhere,
  ours: undefined,
}

/** "Authentication required" mostly asks for a sign-in. It is a bank's where money is spoken of. */
function isAboutPayment(said: Said, field: string, status: number | undefined): boolean {
  if (status === 401) return false
  if (said.texts.some((text) => /\b(?:log|sign) ?in\b|credentials|password/i.test(text))) return false
  if (status === 402 || /decline|failure|stripe/.test(field)) return true
  const others = [...said.codes.map(({ value }) => value), ...said.texts].join(' ')
  return (
    said.codes.length + said.texts.length === 1 ||
    /card|payment|bank|invoice|3-?d.?s|requires_action|problems\//i.test(others)
  )
}
