import type { PaymentError } from './account.ts'
import { findingOf, hardStops, type Finding } from './decline-codes.ts'

/**
 * What a decline asks of the person. The raw code never leaves the server: Stripe asks not to reveal some of them, and
 * a code that is missing for those alone would reveal them too.
 *
 * funds: another card, or this one later · later: the bank said not now · bank: ask the bank or use another card ·
 * card: it cannot pay this, another one can · data: type it in again · expired: the card is over · account: the same for
 * bank debits · confirm: the bank wants to see the person · billing: the billing details, not the card ·
 * retry: nothing wrong with the card, try again · ours: nothing the person can mend.
 */
export type DeclineGroup =
  | 'funds'
  | 'later'
  | 'bank'
  | 'card'
  | 'data'
  | 'expired'
  | 'account'
  | 'confirm'
  | 'billing'
  | 'retry'
  | 'ours'

export type DeclineAdvice = {
  /** What happened, as the words are grouped. */
  readonly group: DeclineGroup
  /** Who can mend it. */
  readonly who: 'you' | 'bank' | 'us' | 'time'
  /** Whether trying the very same card again, as it is saved, can help at all. */
  readonly sameCardCanWork: boolean
  /** The best next act. */
  readonly act: 'other-card' | 'same-card-later' | 'call-bank' | 'retype' | 'confirm' | 'wait' | 'contact-us'
}

const generic = { group: 'bank', who: 'bank', sameCardCanWork: false, act: 'call-bank' } as const

const advices = {
  silent: generic,
  refused: generic,
  hidden: generic,
  stopped: { group: 'bank', who: 'you', sameCardCanWork: false, act: 'other-card' },
  funds: { group: 'funds', who: 'you', sameCardCanWork: true, act: 'same-card-later' },
  limit: { group: 'funds', who: 'bank', sameCardCanWork: true, act: 'same-card-later' },
  later: { group: 'later', who: 'time', sameCardCanWork: true, act: 'same-card-later' },
  data: { group: 'data', who: 'you', sameCardCanWork: false, act: 'retype' },
  expired: { group: 'expired', who: 'you', sameCardCanWork: false, act: 'other-card' },
  unsuited: { group: 'card', who: 'you', sameCardCanWork: false, act: 'other-card' },
  confirm: { group: 'confirm', who: 'you', sameCardCanWork: true, act: 'confirm' },
  account: { group: 'account', who: 'you', sameCardCanWork: false, act: 'other-card' },
  accountData: { group: 'account', who: 'you', sameCardCanWork: false, act: 'retype' },
  accountBlocked: { group: 'account', who: 'bank', sameCardCanWork: false, act: 'call-bank' },
  billing: { group: 'billing', who: 'you', sameCardCanWork: true, act: 'retype' },
  retry: { group: 'retry', who: 'time', sameCardCanWork: true, act: 'wait' },
  ours: { group: 'ours', who: 'us', sameCardCanWork: true, act: 'contact-us' },
} as const satisfies Record<Finding, DeclineAdvice>

/**
 * Mastercard's merchant advice codes. Some acquirers number them differently, so they only decide where the bank gave no
 * reason of its own.
 */
const networkFindings: ReadonlyMap<string, Finding> = new Map([
  ['01', 'data'],
  ['02', 'later'],
  ['03', 'stopped'],
])

/**
 * What to do about a decline. Evidence in this order: the code that must stay hidden, the issuer's advice
 * (https://docs.stripe.com/declines/card), the decline code, the network's advice, the error code.
 */
export function adviseOn(error: PaymentError): DeclineAdvice {
  if (isSecret(error)) return advices.hidden
  const advice = advices[findingFor(error)]
  const { adviceCode } = error
  // Words that already ask for another card say more than the general ones.
  if (adviceCode === 'do_not_try_again') return advice.act === 'other-card' ? advice : advices.stopped
  if (adviceCode === 'try_again_later') return advice.sameCardCanWork ? advice : advices.later
  return adviceCode === 'confirm_card_data' ? advices.data : advice
}

function findingFor({ code, declineCode, networkAdviceCode }: PaymentError): Finding {
  const declined = findingOf(declineCode)
  if (declined && declined !== 'silent') return declined
  return networkFindings.get(networkAdviceCode ?? '') ?? findingOf(code) ?? 'silent'
}

/** Whether the customer must not be told the code (https://docs.stripe.com/declines/codes). */
export function isSecret(error: PaymentError): boolean {
  return codesOf(error).some((code) => findingOf(code) === 'hidden')
}

export function declineGroup(error: PaymentError): DeclineGroup {
  return adviseOn(error).group
}

/** Whether trying the very same card again can help at all. */
export function sameCardCanWork(error: PaymentError): boolean {
  return adviseOn(error).sameCardCanWork
}

/** Whether Stripe's next automatic try of the same card will be carried out and can work. */
export function isWorthRetrying(error: PaymentError): boolean {
  return sameCardCanWork(error) && !codesOf(error).some((code) => hardStops.has(code))
}

function codesOf({ code, declineCode }: PaymentError): readonly string[] {
  return declineCode === undefined ? [code] : [declineCode, code]
}
