import type { Interval } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words, type Say } from '#portal/words/words.ts'
import { Amount } from '#ui/stack.tsx'
import type { ReactNode } from 'react'
import type { Sale } from './sale.ts'

/** What is charged now, and from then on: the amount, and one calm line where the two differ. */
export function SaleDue({ sale, label }: { readonly sale: Sale; readonly label?: ReactNode }) {
  const { say } = useWords()
  const format = useFormat()
  const { every, total, tax, credit, from, stillEnds } = sale
  return (
    <div className="flex flex-col gap-1">
      <Amount label={label ?? <DueWords sale={sale} />}>{format.money(total)}</Amount>
      <div className="flex flex-col text-small text-quiet empty:hidden">
        {every && !isRegular(sale) && (
          <p>
            <Words
              id={from === undefined ? 'buy.then' : 'buy.thenFrom'}
              values={{
                day: from !== undefined && format.day(from, from),
                later: <bdi>{format.money(every.price)}</bdi>,
                every: intervalIn(every.interval, say, sale.plan.quantity),
              }}
            />
          </p>
        )}
        {tax && tax.amount > 0 && (
          <p>
            <Words id="buy.tax" values={{ amount: <bdi>{format.money(tax)}</bdi> }} />
          </p>
        )}
        {credit && credit.amount > 0 && (
          <p>
            <Words id="buy.credit" values={{ amount: <bdi>{format.money(credit)}</bdi> }} />
          </p>
        )}
        {stillEnds && (
          <p>
            <Words id="buy.stillEnds" />
          </p>
        )}
      </div>
    </div>
  )
}

/** What the amount is for: "Team, every month"; "Today, for the rest of this period". */
function DueWords({ sale }: { readonly sale: Sale }) {
  const { every, name, total, period } = sale
  if (!every && period === undefined) return <bdi>{name}</bdi>
  if (every && isRegular(sale)) {
    return (
      <Words id={`every.${every.interval.unit}`} values={{ plan: <bdi>{name}</bdi>, count: every.interval.count }} />
    )
  }
  if (total.amount === 0 || period === undefined) return <Words id="buy.today" />
  return <Words id={period === 'rest' ? 'buy.rest' : 'buy.newPeriod'} />
}

/** Nothing but the price of an interval. */
export function isRegular({ every, total }: Pick<Sale, 'every' | 'total'>): boolean {
  return every?.price.amount === total.amount && every.price.currency === total.currency
}

/** "every month", "every 3 months"; "every month for 6 seats" where more than one is paid for. */
export function intervalIn({ unit, count }: Interval, say: Say, seats = 1): string {
  const every = say(`interval.${unit}`, { count })
  return seats > 1 ? say('plan.perSeats', { every, count: seats }) : every
}
