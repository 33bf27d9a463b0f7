import type { Interval } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words, type Say } from '#portal/words/words.ts'
import { Amount } from '#ui/stack.tsx'
import type { Sale } from './sale.ts'

/** What is charged now, and from then on: the amount, and one calm line where the two differ. */
export function SaleDue({ sale }: { readonly sale: Sale }) {
  const format = useFormat()
  const { every, total, name, tax, credit } = sale
  const isRegular = every !== undefined && isSame(every.price, total)
  return (
    <div className="flex flex-col gap-1">
      <Amount
        label={
          isRegular ? (
            <Words
              id={`every.${every.interval.unit}`}
              values={{ plan: <bdi>{name}</bdi>, count: every.interval.count }}
            />
          ) : every ? (
            <Words id="buy.now" />
          ) : (
            <bdi>{name}</bdi>
          )
        }
      >
        {format.money(total)}
      </Amount>
      <div className="flex flex-col text-small text-quiet empty:hidden">
        {every && !isRegular && (
          <p>
            <Change sale={sale} every={every} />
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
      </div>
    </div>
  )
}

/** "€12.30 today for the rest of this period, then €149.00 every month." */
function Change({ sale: { total, period }, every: { price, interval } }: ChangeProps) {
  const { say } = useWords()
  const format = useFormat()
  const values = {
    now: <bdi>{format.money(total)}</bdi>,
    later: <bdi>{format.money(price)}</bdi>,
    every: intervalIn(interval, say),
  }
  if (total.amount === 0) return <Words id="buy.nothingNow" values={values} />
  return <Words id={period === 'rest' ? 'buy.rest' : period === 'new' ? 'buy.newPeriod' : 'buy.then'} values={values} />
}

type ChangeProps = { readonly sale: Sale; readonly every: NonNullable<Sale['every']> }

/** "every month", "every 3 months" */
export function intervalIn({ unit, count }: Interval, say: Say): string {
  return say(`interval.${unit}`, { count })
}

function isSame(one: Sale['total'], other: Sale['total']): boolean {
  return one.amount === other.amount && one.currency === other.currency
}
