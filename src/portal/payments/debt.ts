import type { Plan } from '#contract/deed.ts'
import type { Visit } from '#contract/visit.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import type { Interval } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import type { Fix } from '#diagnosis/reason.ts'

/** A subscription that goes on when its price is paid. */
export type Offer = {
  readonly subscription: string
  readonly plan: string
  readonly total: Money
  readonly interval: Interval
  /** How the button calls the deed. */
  readonly deed: 'renew.pay' | 'resume.pay'
}

/** What stands above the button. */
export type Bill = Debt | Offer

type Trouble = Visit['diagnosis']['blockers'][number] | Visit['diagnosis']['warnings'][number]

/** What this screen is about: its own blocker, else its own warning, else whatever is treated first. */
export function troubleFor(visit: Visit, fix: Fix): Trouble | undefined {
  const { blockers, warnings } = visit.diagnosis
  return [...blockers, ...warnings].find((trouble) => trouble.fix === fix) ?? blockers[0]
}

/** What is owed for this trouble, or for the first that owes something. */
export function debtIn(visit: Visit, trouble?: Trouble): Debt | undefined {
  const candidates = trouble ? [trouble] : visit.diagnosis.blockers
  return candidates.map((candidate) => ('debt' in candidate ? candidate.debt : undefined)).find((debt) => debt)
}

/** What paying would cost now: what is owed, or what going on costs. */
export function totalIn(visit: Visit): Money | undefined {
  const [first] = visit.diagnosis.blockers
  return debtIn(visit)?.total ?? (first && 'price' in first ? first.price : undefined)
}

/** The subscription that goes on by this fix, where its price is known. */
export function offerFor(visit: Visit, fix: 'renew' | 'resume'): Offer | undefined {
  const found = visit.diagnosis.blockers.find((blocker) => blocker.fix === fix)
  if (!found || !('price' in found) || !found.price || !found.interval) return undefined
  const { subscription, plan, price: total, interval } = found
  return { subscription, plan, total, interval, deed: `${fix}.pay` }
}

export function isOffer(bill: Bill): bill is Offer {
  return 'subscription' in bill
}

/** What a button agrees to: exactly the invoices, or the subscription, and the sum that stand above it. */
export function planFor(bill: Bill | undefined): Plan {
  if (!bill) return { invoices: [] }
  if (isOffer(bill)) return { invoices: [], subscription: bill.subscription, total: bill.total }
  return { invoices: bill.invoices.map(({ id }) => id), total: bill.total }
}
