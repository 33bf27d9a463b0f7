import type { Holding, SeatsAnswer } from '#contract/holding.ts'
import type { Visit } from '#contract/visit.ts'
import { planQuery, seatsQuery } from '#portal/api/plan.ts'
import { PlannedNotice } from '#portal/acting/undo-first.tsx'
import { Effects } from '#portal/buying/effects.tsx'
import { ForNothing } from '#portal/buying/for-nothing.tsx'
import { OffersFailed } from '#portal/buying/offers-failed.tsx'
import { saleOf } from '#portal/buying/seat-sale.ts'
import { useSettled } from '#portal/buying/settled.ts'
import { paths } from '#portal/paths.ts'
import { wantedBefore } from '#portal/payments/asked.ts'
import { Checkout } from '#portal/payments/checkout.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { isCalm } from '#portal/payments/situation.ts'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Quantity } from '#ui/quantity.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, Navigate } from 'react-router-dom'

/** More than the server would take. */
const MOST = 100_000

/** More seats are bought at once, fewer begin with the next period; never fewer than are taken. */
export function Component() {
  const visit = useVisit()
  const { data: page } = useSuspenseQuery(planQuery)
  const [holding] = useState(() => page.holdings.find(({ acts }) => acts.includes('seats')))
  return visit.mayPay && holding ? (
    <ChangeSeats visit={visit} holding={holding} used={page.seatsUsed} />
  ) : (
    <Navigate to={paths.plan} replace />
  )
}

type ChangeSeatsProps = { readonly visit: Visit; readonly holding: Holding; readonly used: number | undefined }

function ChangeSeats({ visit, holding, used }: ChangeSeatsProps) {
  const { say } = useWords()
  const payment = usePayment(visit, 'add-seats', 'add-seats', { home: paths.plan })
  const [wished, wish] = useState(() => wantedBefore(visit.check?.id)?.quantity ?? holding.quantity)
  const asked = useSettled(wished)
  const calm = isCalm(payment.situation)
  const { data, isError, isFetching, isPlaceholderData, refetch } = useQuery({
    ...seatsQuery(holding.id, asked),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: calm,
  })
  const [undone, setUndone] = useState(false)
  useReturnFromBank(visit.check?.id)
  const page = {
    visit,
    payment,
    headline: say('change.seatsTitle'),
    why: used === undefined ? <Words id="change.why" /> : <Words id="change.seatsWhy" values={{ used }} />,
    home: (
      <Link to={paths.plan} className="link target">
        <Words id="change.back" />
      </Link>
    ),
  }
  if (isError && !data) {
    const failed = { kind: 'failed', retry: () => void refetch(), retrying: isFetching } as const
    return <Checkout {...page} sale={undefined} instead={<OffersFailed failed={failed} />} />
  }
  if (!data) return <Checkout {...page} sale={undefined} options={<Skeleton height="h-12" />} />
  const pricing = wished !== asked || isPlaceholderData
  const isPlanned = data.planned?.seatsOnly === true && data.planned.quantity === wished
  const { planned } = data
  const options = (
    <>
      <PlannedNotice
        planned={planned && { ...planned, subscription: holding.id }}
        visit={visit}
        undone={undone}
        onUndone={() => setUndone(true)}
      />
      <HowMany
        answer={data}
        value={wished}
        disabled={!calm}
        app={visit.app.name}
        onChange={(value) => {
          wish(value)
          payment.changed()
        }}
      />
      {wished !== data.held && <Effects changes={data.changes} now={visit.now} from={data.quote.later?.at} />}
    </>
  )
  if (wished > data.held) {
    return <Checkout {...page} sale={saleOf(data, data.held, say)} pricing={pricing} options={options} />
  }
  return (
    <Checkout
      {...page}
      sale={undefined}
      instead={
        <>
          {options}
          {wished < data.held && !isPlanned && (
            <ForNothing
              sale={saleOf(data, undefined, say)}
              subscription={data.subscription}
              now={visit.now}
              pricing={pricing}
              doing={(day) =>
                day === undefined ? (
                  <Words id="change.seatsFewer" values={{ count: data.quantity }} />
                ) : (
                  <Words id="change.seatsLater" values={{ count: data.quantity, day }} />
                )
              }
            />
          )}
        </>
      }
    />
  )
}

type HowManyProps = {
  readonly answer: SeatsAnswer
  readonly value: number
  readonly disabled: boolean
  readonly app: string
  readonly onChange: (value: number) => void
}

function HowMany({ answer: { held, least, planned }, value, disabled, app, onChange }: HowManyProps) {
  const { say } = useWords()
  return (
    <Quantity
      label={<Words id="seats.inAll" />}
      value={value}
      min={least}
      max={planned ? held : MOST}
      disabled={disabled}
      fewer={say('seats.oneFewer')}
      more={say('seats.oneMore')}
      note={
        value > held ? (
          <Words id="seats.moreThanNow" values={{ count: value - held }} />
        ) : planned?.seatsOnly === true && value === planned.quantity ? (
          <Words id="change.seatsPlanned" />
        ) : value === least && least > 1 ? (
          <Words id="change.least" values={{ count: least, app: <bdi>{app}</bdi> }} />
        ) : value === held ? (
          <Words id="change.seatsSame" />
        ) : undefined
      }
      onChange={onChange}
    />
  )
}
