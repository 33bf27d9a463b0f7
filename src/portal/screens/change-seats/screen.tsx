import type { Holding, SeatsAnswer } from '#contract/holding.ts'
import type { Visit } from '#contract/visit.ts'
import { planQuery, seatsQuery } from '#portal/api/plan.ts'
import { Effects } from '#portal/buying/effects.tsx'
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
import { Fewer } from './fewer.tsx'

/** More than the server would take. */
const MOST = 100_000

/** More seats are bought, fewer are credited; never fewer than are taken. */
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
  const options = (
    <>
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
      {wished !== data.held && <Effects changes={data.changes} now={visit.now} />}
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
          {wished < data.held && <Fewer answer={data} pricing={pricing} />}
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

function HowMany({ answer: { held, least }, value, disabled, app, onChange }: HowManyProps) {
  const { say } = useWords()
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
        value > held ? (
          <Words id="seats.moreThanNow" values={{ count: value - held }} />
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
