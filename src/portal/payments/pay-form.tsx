import type { Visit } from '#contract/visit.ts'
import { canPayIn } from '#diagnosis/payable-currencies.ts'
import { Card } from '#ui/card.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react'
import { useWords, Words } from '#portal/words/words.ts'
import { AmountDue } from './amount-due.tsx'
import type { CardFieldsHandle, FieldsState } from './card-fields.tsx'
import { isSale, planFor, type Bill } from './debt.ts'
import { FieldsPlace } from './fields-place.tsx'
import { InSight } from './in-sight.tsx'
import { PayButton } from './pay-button.tsx'
import { firstChoice, NEW_CARD, SavedMethods, type MethodChoice } from './saved-methods.tsx'
import { SituationNotice } from './situation-notice.tsx'
import type { Payment } from './use-payment.ts'

// Words and amount are there before Stripe's code is.
const CardFields = lazy(async () => ({ default: (await import('./card-fields.tsx')).CardFields }))

type PayFormProps = {
  readonly visit: Visit
  readonly payment: Payment
  /** What the button pays; without it the card is only saved. */
  readonly debt: Bill | undefined
  /** The price is being asked for: what stands there cannot be paid. */
  readonly pricing?: boolean
  /** Offers the saved methods beside a new card. */
  readonly list: boolean
  readonly initial: MethodChoice
  /** Stands below the button. */
  readonly after?: ReactNode
}

/** Which card, how much, and the one button. */
export function PayForm({ visit, payment, debt, pricing = false, list, initial, after }: PayFormProps) {
  const { say } = useWords()
  const [chosen, choose] = useState(initial)
  const [fieldsState, setFieldsState] = useState<FieldsState>('loading')
  const [opened, setOpened] = useState(initial === NEW_CARD)
  const isChanged = useAmountChanged(debt)
  const fields = useRef<CardFieldsHandle>(null)
  const { situation } = payment
  const currency = debt?.total.currency
  const choice = payableChoice(visit, chosen, currency)
  const method = visit.methods.find(({ id }) => id === choice)
  const asksBank = situation.kind === 'unknown'
  const isBusy = situation.kind === 'busy' || situation.kind === 'over'

  function pick(picked: MethodChoice) {
    if (situation.kind === 'busy') return
    open(picked)
    payment.changed()
  }

  function open(picked: MethodChoice) {
    choose(picked)
    if (picked === NEW_CARD) setOpened(true)
  }

  async function pay() {
    const plan = planFor(debt)
    if (!method) {
      if (fields.current) await payment.payWithNew(fields.current, plan)
      return
    }
    const came = await payment.payWithSaved(method.id, plan)
    // This very card would be refused again, so the way to another one is opened.
    const isHopeless =
      came?.kind === 'declined' ? !came.sameCardCanWork : came?.kind === 'refused' && came.because !== 'other'
    if (isHopeless) open(NEW_CARD)
  }

  return (
    <Card>
      {list && !asksBank && <SavedMethods visit={visit} currency={currency} value={choice} onChoose={pick} />}
      {(opened || choice === NEW_CARD) && (
        <fieldset className="min-w-0" hidden={choice !== NEW_CARD || asksBank} aria-label={say('fields.label')}>
          <Suspense fallback={<FieldsPlace ready={false} />}>
            <CardFields
              ref={fields}
              stripe={visit.stripe}
              currency={currency}
              country={visit.country}
              onState={setFieldsState}
              onTyping={payment.changed}
            />
          </Suspense>
          {fieldsState !== 'blocked' && (
            <p className="mt-3 text-small text-quiet">
              <CardIsKept visit={visit} />
            </p>
          )}
        </fieldset>
      )}
      {pricing && !debt && (
        <div className="flex justify-between">
          <Skeleton width="w-1/3" height="h-7" />
          <Skeleton width="w-20" height="h-7" />
        </div>
      )}
      {debt && (
        <div aria-busy={pricing} className={pricing ? 'opacity-50' : ''}>
          <AmountDue debt={debt} now={visit.now} />
        </div>
      )}
      <InSight told={situation.kind === 'idle' || isBusy ? undefined : `${situation.kind} ${choice}`}>
        <SituationNotice
          visit={visit}
          situation={isChanged && situation.kind === 'idle' ? { kind: 'stale' } : situation}
          total={debt?.total}
          onAskAgain={() => void payment.askAgain()}
        />
      </InSight>
      {!asksBank && (method !== undefined || fieldsState !== 'blocked') && (
        <PayButton
          debt={debt}
          method={method}
          situation={situation}
          ready={method !== undefined || fieldsState === 'ready'}
          pricing={pricing}
          ends={visit.guest !== undefined}
          onPay={() => void pay()}
        />
      )}
      {!asksBank && after}
    </Card>
  )
}

/** What was chosen before the price was known may not be able to pay it. */
function payableChoice(visit: Visit, chosen: MethodChoice, currency: string | undefined): MethodChoice {
  const method = visit.methods.find(({ id }) => id === chosen)
  return method && !canPayIn(method, currency) ? firstChoice(visit, currency) : chosen
}

/** What becomes of the card once it has paid. */
function CardIsKept({ visit: { guest, account } }: { readonly visit: Visit }) {
  if (!guest) return <Words id="fields.kept" />
  return guest.keepsCard ? (
    <Words id="guest.cardKept" values={{ account: <bdi>{account.label}</bdi> }} />
  ) : (
    <Words id="guest.cardOnce" />
  )
}

/** Another tab, a retry or a credit has changed what stands above the button while it was being read. */
function useAmountChanged(debt: Bill | undefined): boolean {
  const now = { subject: subjectOf(debt), total: debt?.total }
  const [first, setFirst] = useState(now)
  // Another choice has another price, and that is no news.
  if (first.subject !== now.subject) setFirst(now)
  return (
    first.subject === now.subject &&
    (first.total?.amount !== now.total?.amount || first.total?.currency !== now.total?.currency)
  )
}

function subjectOf(debt: Bill | undefined): string {
  if (!debt || !isSale(debt)) return ''
  const { price, quantity, subscription } = debt.plan
  return [price, quantity, subscription].join(' ')
}
