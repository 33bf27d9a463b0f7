import type { SeatOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import type { BlockerOf } from '#diagnosis/diagnosis.ts'
import { UndoFirst } from '#portal/acting/undo-first.tsx'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { isBoughtOff, useLifted } from '#portal/buying/bought-off.ts'
import { useOffered } from '#portal/buying/offered.ts'
import { OffersFailed } from '#portal/buying/offers-failed.tsx'
import { saleOf } from '#portal/buying/seat-sale.ts'
import { useSettled } from '#portal/buying/settled.ts'
import { wantedBefore } from '#portal/payments/asked.ts'
import { Checkout } from '#portal/payments/checkout.tsx'
import { LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { isCalm } from '#portal/payments/situation.ts'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Quantity } from '#ui/quantity.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { useState } from 'react'
import { FreeSeat } from './free-seat.tsx'
import { LargerPlans } from './larger-plans.tsx'

/** More than the server would take. */
const MOST = 100_000

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <AddSeats visit={visit} />
}

function AddSeats({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const payment = usePayment(visit, 'add-seats', 'add-seats')
  const [wished, wish] = useState(() => wantedBefore(visit.check?.id)?.quantity)
  const asked = useSettled(wished)
  const offered = useOffered(visit, payment.situation, asked)
  const lifted = useLifted(visit, 'add-seats')
  const blocker = lifted?.blocker
  useReturnFromBank(visit.check?.id)

  if (blocker?.reason !== 'seat_limit' || isBoughtOff(visit, 'add-seats', payment.situation)) {
    return <LeaveWhenMended visit={visit} />
  }
  const seats = offered.kind === 'known' ? offered.offers.seats : undefined
  const pricing = wished !== asked || (offered.kind === 'known' && !offered.fresh)
  const page = {
    visit,
    payment,
    headline: say('reason.seat_limit'),
    why: <Why visit={visit} blocker={blocker} />,
    otherwise: <FreeSeat visit={visit} />,
  }
  if (offered.kind === 'failed') {
    return <Checkout {...page} sale={undefined} instead={<OffersFailed failed={offered} />} />
  }
  if (offered.kind === 'known' && !seats) {
    const { plans, planned } = offered.offers
    const instead = planned ? (
      <UndoFirst planned={planned} visit={visit} />
    ) : (
      <LargerPlans visit={visit} plans={plans} />
    )
    return <Checkout {...page} sale={undefined} instead={instead} />
  }
  return (
    <Checkout
      {...page}
      sale={seats && saleOf(seats, blocker.seats, say)}
      pricing={pricing}
      options={
        seats ? (
          <HowMany
            offer={seats}
            blocker={blocker}
            value={pricing ? (wished ?? seats.quantity) : seats.quantity}
            disabled={!isCalm(payment.situation)}
            onChange={(value) => {
              wish(value)
              payment.changed()
            }}
          />
        ) : (
          <Skeleton height="h-12" />
        )
      }
    />
  )
}

type HowManyProps = {
  readonly offer: SeatOffer
  readonly blocker: BlockerOf<'seat_limit'>
  readonly value: number
  readonly disabled: boolean
  readonly onChange: (value: number) => void
}

function HowMany({ offer, blocker: { seats: now, used }, value, disabled, onChange }: HowManyProps) {
  const { say } = useWords()
  const [first] = useState(offer.quantity)
  // Fewer than this lets nobody in.
  const least = used === undefined ? first : Math.max(used, now ?? 0) + 1
  return (
    <Quantity
      label={<Words id="seats.inAll" />}
      value={value}
      min={least}
      max={MOST}
      disabled={disabled}
      fewer={say('seats.oneFewer')}
      more={say('seats.oneMore')}
      note={
        now !== undefined && value > now ? <Words id="seats.moreThanNow" values={{ count: value - now }} /> : undefined
      }
      onChange={onChange}
    />
  )
}

function Why({ visit: { app }, blocker: { used, seats } }: WhyProps) {
  return used === undefined || seats === undefined ? (
    <Words id="seats.whyUnknown" values={{ app: app.name }} />
  ) : (
    <Words id="seats.why" values={{ used, seats, app: app.name }} />
  )
}

type WhyProps = { readonly visit: Visit; readonly blocker: BlockerOf<'seat_limit'> }
