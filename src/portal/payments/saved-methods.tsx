import type { Visit } from '#contract/visit.ts'
import { hasExpired, type Method } from '#diagnosis/account.ts'
import { canPayIn, currenciesOf } from '#diagnosis/payable-currencies.ts'
import { useFormat, type Format } from '#portal/format.ts'
import { useWords, Words, type Say } from '#portal/words/words.ts'
import { Choices } from '#ui/choices.tsx'

/** A saved method by its id, or a card yet to be typed. */
export type MethodChoice = string
export const NEW_CARD = 'new'

type SavedMethodsProps = {
  readonly visit: Visit
  /** Of what is paid; undefined while that is not known, or nothing is. */
  readonly currency: string | undefined
  readonly value: MethodChoice | undefined
  readonly onChoose: (choice: MethodChoice) => void
}

/** The saved methods and a new card, all in sight; what cannot be charged says why. */
export function SavedMethods({ visit, currency, value, onChoose }: SavedMethodsProps) {
  const format = useFormat()
  const { say } = useWords()
  const faces = visit.methods.map((method) => ({
    value: method.id,
    label: <bdi>{format.face(method)}</bdi>,
    ...detailOf({ visit, currency }, method, format, say),
    disabled: !isUsable(visit, method, currency),
  }))
  return (
    <Choices
      legend={<Words id="pay.methods" />}
      name="method"
      value={value}
      choices={[...faces, { value: NEW_CARD, label: <Words id="pay.newCard" /> }]}
      onChoose={onChoose}
    />
  )
}

/** Whether charging it in this currency can work at all. */
export function isUsable(visit: Visit, method: Method, currency: string | undefined): boolean {
  return !hasExpired(method, visit.now) && !isRefused(visit, method) && canPayIn(method, currency)
}

/** The bank has said no to this very card, and would again. */
function isRefused({ diagnosis }: Visit, { id }: Method): boolean {
  return diagnosis.blockers.some(
    (blocker) => blocker.reason === 'card_declined' && blocker.method?.id === id && !blocker.sameCardCanWork,
  )
}

type Paying = Pick<SavedMethodsProps, 'visit' | 'currency'>

function detailOf({ visit, currency }: Paying, method: Method, format: Format, say: Say) {
  if (hasExpired(method, visit.now)) return { detail: say('pay.expired', { month: monthOf(method, format) }) }
  if (isRefused(visit, method)) return { detail: say('pay.refused') }
  if (!canPayIn(method, currency)) return { detail: say('pay.currency', { currencies: payableIn(method, format) }) }
  return {}
}

/** "September 2026": the last month on a card. */
export function monthOf({ expMonth = 1, expYear }: Method, format: Format): string {
  return format.month(expMonth, expYear)
}

/** "EUR", "CAD and USD": of a method that pays in few currencies; empty where it pays in any. */
export function payableIn(method: Method, format: Format): string {
  return format.list((currenciesOf(method) ?? []).map((currency) => currency.toUpperCase()))
}

/** The method Stripe would charge, where it can be charged; a new card where none can. */
export function firstChoice(visit: Visit, currency: string | undefined): MethodChoice {
  return visit.methods.find((method) => isUsable(visit, method, currency))?.id ?? NEW_CARD
}
