import type { Discount } from '#contract/holding.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'

/** "Spring: 25% off each invoice until 3 March" */
export function DiscountWords({ discount, now }: { readonly discount: Discount; readonly now: number }) {
  const format = useFormat()
  const { percent, amount, once, ends, months } = discount
  const name = <bdi>{discount.name}</bdi>
  return (
    <>
      {percent !== undefined && <Words id="discount.percent" values={{ name, percent: format.percent(percent) }} />}
      {amount && <Words id="discount.amount" values={{ name, amount: <bdi>{format.money(amount)}</bdi> }} />}{' '}
      {once && <Words id="discount.once" />}
      {!once && ends === undefined && months === undefined && <Words id="discount.always" />}
      {!once && ends === undefined && months !== undefined && <Words id="discount.months" values={{ count: months }} />}
      {!once && ends !== undefined && <Words id="discount.until" values={{ day: format.day(ends, now) }} />}
    </>
  )
}
