import type { Discount, Holding, Holdings } from '#contract/holding.ts'
import { featureName } from '#portal/buying/difference.ts'
import { useFormat } from '#portal/format.ts'
import { intervalIn } from '#portal/payments/sale-due.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import type { ReactNode } from 'react'
import { DiscountWords } from './discount-words.tsx'

type FactsProps = {
  readonly page: Holdings
  readonly holding: Holding
  readonly onRemove: (discount: Discount) => void
}

/** What it costs, for how many, for how long, and what it contains. */
export function Facts({ page, holding, onRemove }: FactsProps) {
  const { say } = useWords()
  const format = useFormat()
  const { price, interval, quantity, bySeat, periodStart, periodEnd, method, discounts, standing, acts } = holding
  const isLiving = standing !== 'ended'
  return (
    <dl className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {price && interval && (
        <Fact name={<Words id="held.price" />}>
          <bdi className="font-medium">{format.money(price)}</bdi> {intervalIn(interval, say, bySeat ? quantity : 1)}
        </Fact>
      )}
      {!bySeat && quantity > 1 && <Fact name={<Words id="held.quantity" />}>{format.number(quantity)}</Fact>}
      {isLiving && <Seats page={page} holding={holding} />}
      {isLiving && periodStart !== undefined && (
        <Fact name={<Words id="held.period" />}>{format.period({ start: periodStart, end: periodEnd })}</Fact>
      )}
      {isLiving && method && (
        <Fact name={<Words id="held.method" />}>
          <bdi>{format.face(method)}</bdi>
        </Fact>
      )}
      {discounts.map((discount) => (
        <Fact key={discount.id} name={<Words id="held.discount" />}>
          <span className="flex flex-wrap items-center gap-x-3">
            <span>
              <DiscountWords discount={discount} now={page.now} />
            </span>
            {acts.includes('remove-code') && (
              <LinkButton aria-haspopup="dialog" onClick={() => onRemove(discount)}>
                <Words id="discount.remove" />
              </LinkButton>
            )}
          </span>
        </Fact>
      ))}
      <Fact name={<Words id="held.contains" />}>
        <Contents page={page} holding={holding} />
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col gap-x-4 py-2.5 sm:flex-row">
      <dt className="shrink-0 text-quiet sm:w-36">{name}</dt>
      <dd className="min-w-0 flex-1 break-words tabular-nums">{children}</dd>
    </div>
  )
}

/** Nothing where nothing limits them and nobody has said how many there are: unknown is not none. */
function Seats({ page: { seatsUsed: used }, holding: { terms } }: Pick<FactsProps, 'page' | 'holding'>) {
  const format = useFormat()
  const { seats } = terms
  if (seats === undefined) return null
  return (
    <Fact name={<Words id="held.seats" />}>
      {used === undefined ? (
        format.number(seats)
      ) : (
        <Words id="held.seatsUsed" values={{ used: format.number(used), seats: format.number(seats) }} />
      )}
    </Fact>
  )
}

function Contents({ page: { app }, holding: { terms } }: Pick<FactsProps, 'page' | 'holding'>) {
  const format = useFormat()
  const { limits, rates, features } = terms
  if (limits.length + rates.length + features.length === 0)
    return <Words id="held.containsNothing" values={{ app: <bdi>{app.name}</bdi> }} />
  return (
    <ul className="flex flex-col gap-0.5">
      {limits.map(({ meter, name, unit, included, hard }) => (
        <li key={`limit ${meter}`}>
          <bdi>{name}</bdi>:{' '}
          <Words id={hard ? 'held.limit' : 'held.softLimit'} values={{ included: format.number(included), unit }} />
        </li>
      ))}
      {rates.map(({ meter, unit, limit, seconds }) => (
        <li key={`rate ${meter}`}>
          <Words
            id="held.rate"
            values={{ limit: format.number(limit), unit: <bdi>{unit}</bdi>, span: format.span(seconds) }}
          />
        </li>
      ))}
      {features.length > 0 && (
        <li>
          <bdi>{format.list(features.map(featureName))}</bdi>
        </li>
      )}
    </ul>
  )
}
