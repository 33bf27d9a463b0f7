import type { Plan } from '#contract/deed.ts'
import type { Visit } from '#contract/visit.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import type { Fix } from '#diagnosis/reason.ts'

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

/** What a button agrees to: exactly the invoices and the sum that stand above it. */
export function planFor(debt: Debt | undefined): Plan {
  return { invoices: (debt?.invoices ?? []).map(({ id }) => id), ...(debt && { total: debt.total }) }
}
