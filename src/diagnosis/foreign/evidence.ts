import type { Reason, Who } from '#diagnosis/reason.ts'
import type { Span } from './words.ts'

/**
 * How much a code or a sentence proves. sure: it says one thing and nothing else is meant by it · likely: it says so, and a
 * precise word beside it is believed instead · hint: it alone never names a reason that asks for money.
 */
export type Weight = 'sure' | 'likely' | 'hint'

/** What one code or sentence can mean. Several reasons: one of them, and it does not say which. `unknown`: none of them. */
export type Meaning = {
  readonly reasons: readonly Reason[]
  readonly weight: Weight
  readonly who?: Who
  /** It was said with "if" or "may": a guess of the sender's. */
  readonly guessed?: boolean
}

export type Evidence = Meaning & { readonly span?: Span }

/**
 * What is known at the end: one reason, or the candidates, which may be none. `one`: it is certainly one of them, and the
 * header fields or the status may tell which.
 */
export type Verdict =
  | { readonly kind: 'named'; readonly reason: Reason }
  | { readonly kind: 'open'; readonly candidates: readonly Reason[]; readonly one: boolean; readonly who?: Who }

const weights = ['sure', 'likely', 'hint'] as const satisfies readonly Weight[]

/**
 * Said together, the first is the cause and the others are its consequence or its general name: a card that is declined
 * because it is over, an account that is suspended because of a debt. Not so where an "or" stands between them.
 */
const outranks: Partial<Record<Reason, readonly Reason[]>> = {
  upstream_billing: ['credits_exhausted', 'usage_limit_exceeded', 'invoice_overdue', 'spend_cap_reached'],
  authentication_required: ['card_declined'],
  card_expired: ['card_declined', 'no_payment_method'],
  invoice_overdue: ['account_frozen'],
  subscription_canceled: ['account_frozen', 'plan_lacks_feature'],
  usage_limit_exceeded: ['account_frozen'],
  trial_ended: ['account_frozen', 'no_payment_method', 'billing_details_missing', 'plan_lacks_feature'],
  billing_details_missing: ['no_payment_method'],
  spend_cap_reached: ['account_frozen', 'usage_limit_exceeded'],
  credits_exhausted: ['account_frozen', 'usage_limit_exceeded'],
  seat_limit: ['usage_limit_exceeded', 'plan_lacks_feature'],
}

/** Weighs everything that was read: only the heaviest counts, it must agree, and a guess only takes certainty away. */
export function settle(evidence: readonly Evidence[], apart: (one: Evidence, other: Evidence) => boolean): Verdict {
  const weight = weights.find((each) => evidence.some((item) => item.weight === each))
  const heavy = evidence.filter((item) => item.weight === weight)
  // "Your trial is over or you need a card": what stands beside an "or" weighs as much as what stands before it.
  const promoted = (item: Evidence) =>
    item.weight !== 'hint' && heavy.some((one) => apart(one, item)) && !heavy.some((one) => overlaps(one, item))
  const top = evidence.filter((item) => heavy.includes(item) || promoted(item))
  const told = top.filter(({ guessed }) => guessed !== true)
  const agreed = hinted(commonTo(told), evidence)
  const [only, second] = agreed.length > 0 ? agreed : caused(told, apart)
  const guessed = top.some((item) => item.guessed === true && only && !item.reasons.includes(only))
  const doubted = guessed || (only === 'rate_limited' && weight === 'likely' && isHollow(evidence))
  if (only && only !== 'unknown' && !second && !doubted && (weight !== 'hint' || only === 'rate_limited')) {
    return { kind: 'named', reason: only }
  }
  const who = top.find((item) => item.who !== undefined)?.who
  const one = agreed.length > 0 && !doubted && weight !== 'hint'
  return { kind: 'open', candidates: one ? agreed : allOf(top), one, ...(who && { who }) }
}

/** "rate_limit_exceeded: you have reached your generation limit, upgrade to continue": the code is a framework's. */
function isHollow(evidence: readonly Evidence[]): boolean {
  const hints = evidence.filter(({ weight }) => weight === 'hint').flatMap(({ reasons }) => reasons)
  return hints.includes('usage_limit_exceeded') && !hints.includes('rate_limited')
}

function commonTo(evidence: readonly Evidence[]): readonly Reason[] {
  return allOf(evidence).filter((reason) => evidence.every(({ reasons }) => reasons.includes(reason)))
}

/** A limit that is a rate or a plan's, a thing that is switched off or not sold: "upgrade", "in a minute" tell which. */
function hinted(agreed: readonly Reason[], evidence: readonly Evidence[]): readonly Reason[] {
  if (agreed.length !== 2 || !agreed.some((reason) => reason === 'rate_limited' || reason === 'unknown')) return agreed
  const hints = evidence.filter(({ weight, guessed }) => weight === 'hint' && guessed !== true)
  const told = agreed.filter((reason) => hints.some(({ reasons }) => reasons.includes(reason)))
  return told.length === 1 ? told : agreed
}

/** The cause that is plainly said, if what is left open allows it; otherwise all that are no consequence. */
function caused(told: readonly Evidence[], apart: (one: Evidence, other: Evidence) => boolean): readonly Reason[] {
  const plain = causes(
    told.filter(({ reasons }) => reasons.length === 1),
    apart,
  )
  const allowed = plain.filter((reason) =>
    told.every((one) => one.reasons.length === 1 || one.reasons.includes(reason)),
  )
  return plain.length === 1 && allowed.length === 1 ? plain : causes(told, apart)
}

/** Of reasons that contradict each other, those that are not the consequence of another one. */
function causes(told: readonly Evidence[], apart: (one: Evidence, other: Evidence) => boolean): readonly Reason[] {
  const explains = (cause: Reason, reason: Reason) =>
    (outranks[cause] ?? []).includes(reason) &&
    !told.some(
      (one) => one.reasons.includes(cause) && told.some((other) => other.reasons.includes(reason) && apart(one, other)),
    )
  const reasons = allOf(told)
  return reasons.filter((reason) => !reasons.some((cause) => explains(cause, reason)))
}

function allOf(evidence: readonly Evidence[]): readonly Reason[] {
  return [...new Set(evidence.flatMap(({ reasons }) => reasons))]
}

function overlaps({ span: one }: Evidence, { span: other }: Evidence): boolean {
  return !!one && !!other && one.text === other.text && one.start < other.end && other.start < one.end
}
