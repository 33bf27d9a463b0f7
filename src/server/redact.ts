import type { SessionRole } from '#contract/account.ts'
import { DebtSchema, MethodSchema } from '#contract/diagnosis.ts'
import { MoneySchema } from '#contract/money.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import type { Config } from './config.ts'
import { payingRoles } from './paying-roles.ts'

/** Whether amounts and cards are this person's business: a payer's always, others' by the merchant's decision. */
export function seesAmounts({ showAmountsToMembers }: Config, role: SessionRole): boolean {
  return payingRoles.includes(role) || (showAmountsToMembers && role !== 'guest')
}

/** The diagnosis as this person may know it. */
export function shownTo(config: Config, role: SessionRole, diagnosis: Diagnosis): Diagnosis {
  return seesAmounts(config, role) ? diagnosis : redact(diagnosis)
}

/** Recognised by their shape, so that evidence that is yet to be invented is kept back as well. */
const hidden = [MoneySchema, DebtSchema, MethodSchema]

/**
 * Reason, remedy, who can act and since when, plans and usage stay; sums, invoices and cards go, and of a decline it is
 * only said that there was one.
 */
function redact(diagnosis: Diagnosis): Diagnosis {
  return {
    ...diagnosis,
    blockers: diagnosis.blockers.map((blocker) => {
      const rest = withoutMoney(blocker)
      if (rest.reason === 'card_declined') {
        const { advice: _, ...unadvised } = rest
        return { ...unadvised, decline: 'bank', sameCardCanWork: false }
      }
      if (rest.reason !== 'subscription_incomplete') return rest
      const { decline: _, ...unexplained } = rest
      return unexplained
    }),
    warnings: diagnosis.warnings.map(withoutMoney),
  }
}

function withoutMoney<T extends object>(evidence: T): T {
  const told = Object.entries(evidence).filter(([, value]) => !hidden.some((shape) => shape.safeParse(value).success))
  return Object.fromEntries(told) as T
}
