import type { Charge, DeskBlocker } from '#contract/desk-blocker.ts'
import type { Account, PaymentError } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { adviseOn, isSecret, isWorthRetrying } from '#diagnosis/decline.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { reasonFacts } from '#diagnosis/reason.ts'
import { sentenceOf } from '#server/refusal-sentences.ts'

/** A blocker in the words of the refusal, and what the banks said to its invoices. */
export function deskBlocker(blocker: Blocker, facts?: Account): DeskBlocker {
  return {
    blocker,
    title: reasonFacts[blocker.reason].title,
    sentence: sentenceOf(blocker),
    charges: facts ? chargesOf(blocker, facts) : [],
  }
}

/** The debt's invoices, oldest first. */
function chargesOf(blocker: Blocker, { openInvoices }: Account): readonly Charge[] {
  const owed = 'debt' in blocker ? (blocker.debt?.invoices ?? []) : []
  return owed.flatMap(({ id }) => {
    const invoice = openInvoices.find((open) => open.id === id)
    if (!invoice) return []
    const { number, remaining, due, payment, nextAttempt } = invoice
    const { state, error } = payment
    const isTried = !error || isWorthRetrying(error)
    return [
      {
        invoice: id,
        remaining,
        due,
        state,
        ...compact({
          number,
          error: error && errorOf(error),
          // Stripe names a time for tries that it will not carry out, too.
          nextAttempt: isTried ? nextAttempt : undefined,
        }),
      },
    ]
  })
}

function errorOf(error: PaymentError): NonNullable<Charge['error']> {
  const { group, act, sameCardCanWork } = adviseOn(error)
  return { ...error, group, act, sameCardCanWork, secret: isSecret(error) }
}
