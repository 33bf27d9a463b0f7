import type { Visit } from '#contract/visit.ts'
import type { DeclineGroup } from '#diagnosis/decline.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import type { troubleFor } from '#portal/payments/debt.ts'
import { useFormat } from '#portal/format.ts'
import { monthOf } from '#portal/payments/saved-methods.tsx'
import { useWords, Words } from '#portal/words/words.ts'

type WhyProps = {
  readonly visit: Visit
  readonly trouble: NonNullable<ReturnType<typeof troubleFor>>
  readonly debt: Debt | undefined
}

const declines = {
  funds: 'updateCard.bank',
  later: 'updateCard.bank',
  bank: 'updateCard.bank',
  card: 'updateCard.card',
  confirm: 'updateCard.bank',
  expired: 'updateCard.bank',
  data: 'updateCard.data',
  account: 'updateCard.account',
  billing: 'updateCard.billing',
  retry: 'updateCard.retry',
  ours: 'updateCard.ours',
} as const satisfies Record<DeclineGroup, string>

/** Where the card is not at fault, it is not blamed in the headline either. */
const faultless = ['retry', 'ours', 'billing', 'account'] as const satisfies readonly DeclineGroup[]

/** What is wrong, in one line. */
export function headlineOf(trouble: WhyProps['trouble'] | undefined) {
  const decline = trouble?.reason === 'card_declined' && 'decline' in trouble ? trouble.decline : undefined
  const group = faultless.find((faultless) => faultless === decline)
  return group ? (`declined.${group}` as const) : (`reason.${trouble?.reason ?? 'no_payment_method'}` as const)
}

/** One sentence of why, and what it means. */
export function Why({ visit, trouble, debt }: WhyProps) {
  const { say } = useWords()
  const format = useFormat()
  const app = visit.app.name
  const first = debt?.invoices[0]
  if (!debt || !first) {
    const day = format.day('at' in trouble && trouble.at !== undefined ? trouble.at : visit.now, visit.now)
    return <Words id="updateCard.soon" values={{ app, day }} />
  }
  const whole = ({ period }: typeof first) => <span className="whitespace-nowrap">{format.period(period)}</span>
  const method = 'method' in trouble ? trouble.method : undefined
  const values = {
    app,
    amount: <bdi>{format.money(debt.total)}</bdi>,
    card: <bdi>{method ? format.face(method) : say('updateCard.unknownCard')}</bdi>,
    period: debt.invoices.length === 1 ? whole(first) : say('updateCard.severalInvoices'),
  }
  // Nothing has stopped yet: by the merchant's own grace, or because support has given more time.
  if (visit.diagnosis.access && 'at' in trouble && trouble.at !== undefined) {
    const since = format.day(first.due, visit.now)
    return <Words id="updateCard.until" values={{ ...values, since, day: format.day(trouble.at, visit.now) }} />
  }
  if (trouble.reason === 'card_declined' && 'decline' in trouble) {
    return <Words id={declines[trouble.decline]} values={values} />
  }
  if (trouble.reason === 'card_expired' && method?.expMonth !== undefined) {
    return <Words id="updateCard.expired" values={{ ...values, month: monthOf(method, format) }} />
  }
  return <Words id="updateCard.missing" values={{ ...values, day: format.day(first.due, visit.now) }} />
}
