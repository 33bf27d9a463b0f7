import type { Plan } from '#contract/deed.ts'
import type { Quote } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import type { Interval } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Money } from '#diagnosis/money.ts'
import type { WordId } from '#portal/words/message.ts'

/** How the button calls each deed, and how where nothing is charged now. */
export const deedWords = {
  renew: { pay: 'renew.pay', free: 'renew.free' },
  resume: { pay: 'resume.pay', free: 'resume.free' },
  start: { pay: 'buy.start', free: 'buy.startFree' },
  switch: { pay: 'buy.switch', free: 'buy.switchFree' },
  seats: { pay: 'buy.seats', free: 'buy.seatsFree' },
  credits: { pay: 'buy.credits', free: 'buy.creditsFree' },
} as const satisfies Record<string, { pay: WordId; free: WordId }>

/** Something that is bought, or a plan that goes on, at the price that stands above the button. */
export type Sale = {
  readonly deed: keyof typeof deedWords
  /** "Business", "2 more seats", "1,000 credits" */
  readonly name: string
  /** Charged now; may be nothing. */
  readonly total: Money
  /** What the button agrees to, sent as it stands here. */
  readonly plan: Plan
  /** What is charged from then on. */
  readonly every?: { readonly price: Money; readonly interval: Interval }
  /** A change within a period is charged for its rest; one to another interval begins a new period. */
  readonly period?: 'rest' | 'new'
  /** Within the total. */
  readonly tax?: Money
  /** Left over, counted towards later invoices. */
  readonly credit?: Money
  /** Nothing is billed before: a trial. */
  readonly from?: number
  /** The plan stays set to end, so nothing is charged from then on. */
  readonly stillEnds?: true
  /** Begins then, and costs this then; nothing now. */
  readonly later?: NonNullable<Quote['later']>
}

/** The subscription that goes on by this fix, where its price is known. */
export function saleFor(visit: Visit, fix: 'renew' | 'resume'): Sale | undefined {
  const found = visit.diagnosis.blockers.find((blocker) => blocker.fix === fix)
  if (!found || !('price' in found) || !found.price || !found.interval) return undefined
  const { subscription, plan: name, price, interval } = found
  // The list price says nothing of taxes and credit; the quote is what is charged.
  const { due: total, tax, credit } = visit.goOn?.subscription === subscription ? visit.goOn.quote : { due: price }
  return {
    deed: fix,
    name,
    total,
    plan: { invoices: [], subscription, total },
    every: { price, interval },
    ...compact({ tax, credit }),
  }
}
