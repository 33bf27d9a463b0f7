/** Where something was read: in which of the texts, and from which to which of its characters. */
export type Span = { readonly text: number; readonly start: number; readonly end: number }

type Token = { readonly word: string; readonly start: number; readonly end: number }

export type Sentence = { readonly tokens: readonly Token[]; readonly length: number }

/**
 * A sequence of words: `trial ~3 ended|expired` is "trial", at most three words, then one of two; `seat*` is every word that
 * begins so; `too_low` is two words in one place; `.` is the end of a sentence or of a code. No regular expressions, so no text can make it slow: each start
 * costs at most the product of the gaps, which are constants of ours.
 */
type Pattern = readonly Step[]

type Step = { readonly gap: number; readonly alternatives: readonly (readonly string[])[] }

const END = '.'
const token =
  /(?:(?<=\w\s?)\/(?=\s?(?:s|sec|seconds?|min|minutes?|h|hours?|days?|weeks?|months?|mo|years?)\b))|[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*|[.!?;:,\n](?=\s|$)|[。！？；，]|\n/gu

/** French: l'essai, qu'une. */
const elision = /^(?:[dlnscjm]|qu)['’](?=\p{L}{2})/u

/** Without accents, as many people type: "nao disponivel". */
function folded(text: string): string {
  return /^[\p{ASCII}]*$/u.test(text)
    ? text
    : text
        .normalize('NFD')
        .replaceAll(/[\u0300-\u036f]/g, '')
        .normalize('NFC')
}

/** Words in lower case; ends of sentences are tokens, and so are commas, which use up a gap. */
export function tokenise(text: string): Sentence {
  const tokens = [...text.matchAll(token)].flatMap(({ 0: found, index }) => {
    const word = folded(found.toLowerCase().replace(elision, '').replaceAll(/['’]/g, ''))
    return {
      word: word === '/' ? 'per' : /^[.!?;\n。！？；]/.test(word) ? END : word,
      start: index,
      end: index + found.length,
    }
  })
  const length = text.length
  // "3-D Secure" is "3D Secure".
  const joined = tokens.flatMap((each, at) => {
    if (each.word === 'd' && tokens[at - 1]?.word === '3') return []
    const next = tokens[at + 1]
    return each.word === '3' && next?.word === 'd' ? [{ ...each, word: '3d', end: next.end }] : [each]
  })
  // "Credit card" has nothing to do with credits.
  // A trial subscription is a trial.
  const kept = joined.filter(
    ({ word }, at) =>
      !(word === 'credit' && /^cards?$/.test(joined[at + 1]?.word ?? '')) &&
      !(/^(?:subscription|membership|licen[cs]e)$/.test(word) && joined[at - 1]?.word === 'trial'),
  )
  return { tokens: [...kept, { word: END, start: length, end: length }], length }
}

function pattern(source: string): Pattern {
  const steps: Step[] = []
  let gap = 0
  for (const part of folded(source).split(' ')) {
    if (part.startsWith('~')) gap = Number(part.slice(1))
    else {
      steps.push({ gap, alternatives: part.split('|').map((words) => words.split('_')) })
      gap = 0
    }
  }
  return steps
}

/** Patterns by the words that they can begin with, so that a text is only held against those that can fit. */
export type Index<T> = {
  readonly exact: ReadonlyMap<string, readonly Entry<T>[]>
  readonly prefixes: readonly (readonly [string, Entry<T>])[]
}

type Entry<T> = { readonly pattern: Pattern; readonly means: T }

export function index<T>(entries: readonly (readonly [source: string, means: T])[]): Index<T> {
  const exact = new Map<string, Entry<T>[]>()
  const prefixes: (readonly [string, Entry<T>])[] = []
  for (const [source, means] of entries) {
    const entry = { pattern: pattern(source), means }
    for (const [word] of entry.pattern[0]?.alternatives ?? []) {
      if (word === undefined) continue
      if (word.endsWith('*')) prefixes.push([word.slice(0, -1), entry])
      else exact.set(word, [...(exact.get(word) ?? []), entry])
    }
  }
  return { exact, prefixes }
}

export type Found<T> = {
  readonly means: T
  readonly from: number
  readonly to: number
  /** The words in the gaps: "card has not expired". */
  readonly skipped: readonly string[]
}

/** Every pattern of the index that the sentence holds; `from` and `to` count tokens. */
export function find<T>({ tokens }: Sentence, { exact, prefixes }: Index<T>): Found<T>[] {
  return tokens.flatMap(({ word }, from) => {
    const begun = prefixes.flatMap(([prefix, entry]) => (word.startsWith(prefix) ? entry : []))
    return [...new Set([...(exact.get(word) ?? []), ...begun])].flatMap(({ pattern: steps, means }) => {
      const found = follow(tokens, from, steps)
      return found ? { means, from, ...found } : []
    })
  })
}

function follow(
  tokens: readonly Token[],
  at: number,
  [step, ...rest]: Pattern,
): Pick<Found<never>, 'to' | 'skipped'> | undefined {
  if (!step) return { to: at, skipped: [] }
  for (let from = at; from <= at + step.gap; from++) {
    for (const words of step.alternatives) {
      if (!words.every((wanted, offset) => fits(tokens[from + offset]?.word, wanted))) continue
      const found = follow(tokens, from + words.length, rest)
      if (found) return { to: found.to, skipped: [...tokens.slice(at, from).map(({ word }) => word), ...found.skipped] }
    }
    if (tokens[from]?.word === END) return undefined
  }
  return undefined
}

function fits(word: string | undefined, wanted: string): boolean {
  if (word === undefined) return false
  return wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted
}
