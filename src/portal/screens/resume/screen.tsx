import type { Visit } from '#contract/visit.ts'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { Explained } from '#portal/explained.tsx'
import { isNeeded } from '#portal/paths.ts'
import { Checkout } from '#portal/payments/checkout.tsx'
import { LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { saleFor } from '#portal/payments/sale.ts'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import type { WordId } from '#portal/words/message.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { useState, type ReactNode } from 'react'

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <Resume visit={visit} />
}

function Resume({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const payment = usePayment(visit, 'resume', 'resume')
  const found = foundIn(visit)
  // While the bank asks, the account already tells of the payment that was begun; the person still sees what they chose.
  const [first] = useState(found)
  const [firstSale] = useState(() => saleFor(visit, 'resume'))
  useReturnFromBank(visit.check?.id)

  const { kind } = payment.situation
  if (!isNeeded(visit, 'resume') && kind !== 'busy' && kind !== 'over') return <LeaveWhenMended visit={visit} />
  const shown = found ?? first
  const sale = found ? saleFor(visit, 'resume') : firstSale
  if (!shown || !sale || shown.cause === 'system') return <Explained visit={visit} reason="subscription_paused" />
  return (
    <Checkout
      visit={visit}
      payment={payment}
      sale={sale}
      headline={say('reason.subscription_paused')}
      why={<Why visit={visit} found={shown} />}
    />
  )
}

function foundIn({ diagnosis: { blockers } }: Visit) {
  return blockers.find((blocker) => blocker.reason === 'subscription_paused')
}

type Found = NonNullable<ReturnType<typeof foundIn>>

/** What each cause is called; only the merchant knows why Stripe's system paused something. */
const whys = {
  trial_end_without_payment_method: 'resume.trial',
  pause_requested: 'resume.requested',
  first_payment_failure: 'resume.failure',
  final_payment_failure: 'resume.failure',
  system: 'means.subscription_paused',
} as const satisfies Record<Found['cause'], WordId>

function Why({ visit, found: { cause, plan } }: { readonly visit: Visit; readonly found: Found }): ReactNode {
  return <Words id={whys[cause]} values={{ plan: <bdi>{plan}</bdi>, app: visit.app.name }} />
}
