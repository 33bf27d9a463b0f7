import type { Plan } from '#contract/deed.ts'
import type { Visit } from '#contract/visit.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import type { Money } from '#diagnosis/money.ts'
import type { Fix } from '#diagnosis/reason.ts'
import type { Sale } from './sale.ts'

/** What stands above the button: invoices that are owed, or something that is bought. */
export type Bill = Debt | Sale

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
  return debtIn(visit)?.total ?? visit.goOn?.quote.due ?? (first && 'price' in first ? first.price : undefined)
}

export function isSale(bill: Bill): bill is Sale {
  return 'deed' in bill
}

/** What a button agrees to: exactly the invoices, or the purchase, and the sum that stand above it. */
export function planFor(bill: Bill | undefined): Plan {
  if (!bill) return { invoices: [] }
  return isSale(bill) ? bill.plan : { invoices: bill.invoices.map(({ id }) => id), total: bill.total }
}
