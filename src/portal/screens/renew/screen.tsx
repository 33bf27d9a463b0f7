import type { Visit } from '#contract/visit.ts'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { Explained } from '#portal/explained.tsx'
import { useFormat } from '#portal/format.ts'
import { isNeeded } from '#portal/paths.ts'
import { Checkout } from '#portal/payments/checkout.tsx'
import { LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { saleFor } from '#portal/payments/sale.ts'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { useState, type ReactNode } from 'react'

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <Renew visit={visit} />
}

function Renew({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const payment = usePayment(visit, 'renew', 'renew')
  const found = foundIn(visit)
  // While the bank asks, the account already tells of the payment that was begun; the person still sees what they chose.
  const [first] = useState(found)
  const [firstSale] = useState(() => saleFor(visit, 'renew'))
  useReturnFromBank(visit.check?.id)

  const { kind } = payment.situation
  if (!isNeeded(visit, 'renew') && kind !== 'busy' && kind !== 'over') return <LeaveWhenMended visit={visit} />
  const shown = found ?? first
  const sale = found ? saleFor(visit, 'renew') : firstSale
  if (!shown || !sale) return <Explained visit={visit} reason="subscription_canceled" />
  return (
    <Checkout
      visit={visit}
      payment={payment}
      sale={sale}
      headline={say('reason.subscription_canceled')}
      why={<Why visit={visit} found={shown} />}
    />
  )
}

function foundIn({ diagnosis: { blockers } }: Visit) {
  return blockers.find((blocker) => blocker.reason === 'subscription_canceled')
}

type Found = NonNullable<ReturnType<typeof foundIn>>

function Why({ visit: { app, now }, found: { began, ended, plan: name } }: WhyProps): ReactNode {
  const format = useFormat()
  const plan = <bdi>{name}</bdi>
  if (!began) return <Words id="renew.neverBegan" values={{ plan }} />
  if (ended === undefined) return <Words id="renew.endedSometime" values={{ plan, app: app.name }} />
  return <Words id="renew.ended" values={{ plan, app: app.name, day: format.day(ended, now) }} />
}

type WhyProps = { readonly visit: Visit; readonly found: Found }
