import type { Reason } from '#diagnosis/reason.ts'
import type { Meaning, Weight } from './evidence.ts'

/** What a language says. Each source is a pattern of `words.ts`. */
export type Phrases = {
  readonly says: Partial<Record<Reason, Partial<Record<Weight, readonly string[]>>>>
  /** What can mean one of several, and does not say which. */
  readonly open: readonly (readonly [reasons: readonly Reason[], weight: Weight, sources: readonly string[]])[]
  /** What makes doubtful whatever else is said, unless it is one of these. */
  readonly doubts: readonly (readonly [reasons: readonly Reason[], sources: readonly string[]])[]
  /** What names another trouble: no money heals it, so whatever else is said stays open. */
  readonly nothing: readonly string[]
}

/** The table as one list. */
export function meanings({ says, open, doubts, nothing }: Phrases): (readonly [source: string, means: Meaning])[] {
  const told = (Object.keys(says) as Reason[]).flatMap((reason) =>
    (Object.keys(says[reason] ?? {}) as Weight[]).flatMap((weight) =>
      (says[reason]?.[weight] ?? []).map((source) => [source, { reasons: [reason], weight }] as const),
    ),
  )
  const opened = open.flatMap(([reasons, weight, sources]) =>
    sources.map((source) => [source, { reasons, weight }] as const),
  )
  const doubted = doubts.flatMap(([reasons, sources]) =>
    sources.map((source) => [source, { reasons, weight: 'sure', guessed: true }] as const),
  )
  const none = nothing.map((source) => [source, { reasons: ['unknown'], weight: 'sure', who: 'developer' }] as const)
  return [...told, ...opened, ...doubted, ...none]
}
