import type { Visit } from '#contract/visit.ts'
import { Card } from '#ui/card.tsx'
import { lazy, Suspense, useRef, useState } from 'react'
import { useWords, Words } from '#portal/words/words.ts'
import { AmountDue } from './amount-due.tsx'
import type { CardFieldsHandle, FieldsState } from './card-fields.tsx'
import { planFor, type Bill } from './debt.ts'
import { FieldsPlace } from './fields-place.tsx'
import { PayButton } from './pay-button.tsx'
import { NEW_CARD, SavedMethods, type MethodChoice } from './saved-methods.tsx'
import { SituationNotice } from './situation-notice.tsx'
import type { Payment } from './use-payment.ts'

// Words and amount are there before Stripe's code is.
const CardFields = lazy(async () => ({ default: (await import('./card-fields.tsx')).CardFields }))

type PayFormProps = {
  readonly visit: Visit
  readonly payment: Payment
  /** What the button pays; without it the card is only saved. */
  readonly debt: Bill | undefined
  /** Offers the saved methods beside a new card. */
  readonly list: boolean
  readonly initial: MethodChoice
}

/** Which card, how much, and the one button. */
export function PayForm({ visit, payment, debt, list, initial }: PayFormProps) {
  const { say } = useWords()
  const [choice, choose] = useState(initial)
  const [fieldsState, setFieldsState] = useState<FieldsState>('loading')
  const [opened, setOpened] = useState(initial === NEW_CARD)
  const [firstTotal] = useState(debt?.total)
  const fields = useRef<CardFieldsHandle>(null)
  const { situation } = payment
  const method = visit.methods.find(({ id }) => id === choice)
  const asksBank = situation.kind === 'unknown'

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
    // The bank would refuse this very card again, so the way to another one is opened.
    if (came?.kind === 'declined' && !came.sameCardCanWork) open(NEW_CARD)
  }

  return (
    <Card>
      {list && !asksBank && <SavedMethods visit={visit} value={choice} onChoose={pick} />}
      {opened && (
        <fieldset className="min-w-0" hidden={choice !== NEW_CARD || asksBank} aria-label={say('fields.label')}>
          <Suspense fallback={<FieldsPlace ready={false} />}>
            <CardFields
              ref={fields}
              stripe={visit.stripe}
              currency={debt?.total.currency}
              country={visit.country}
              onState={setFieldsState}
              onTyping={payment.changed}
            />
          </Suspense>
          {fieldsState !== 'blocked' && (
            <p className="mt-3 text-small text-quiet">
              <Words id="fields.kept" />
            </p>
          )}
        </fieldset>
      )}
      {debt && <AmountDue debt={debt} now={visit.now} />}
      <SituationNotice
        visit={visit}
        situation={isAmountChanged(firstTotal, debt) && situation.kind === 'idle' ? { kind: 'stale' } : situation}
        total={debt?.total}
        onAskAgain={() => void payment.askAgain()}
      />
      {!asksBank && (method !== undefined || fieldsState !== 'blocked') && (
        <PayButton
          debt={debt}
          method={method}
          situation={situation}
          ready={method !== undefined || fieldsState === 'ready'}
          onPay={() => void pay()}
        />
      )}
    </Card>
  )
}

/** Another tab, a retry or a credit has changed what stands above the button while it was being read. */
function isAmountChanged(first: Bill['total'] | undefined, debt: Bill | undefined): boolean {
  return first?.amount !== debt?.total.amount || first?.currency !== debt?.total.currency
}
