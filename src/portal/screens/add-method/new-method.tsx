import type { Visit } from '#contract/visit.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react'
import { useFormat } from '#portal/format.ts'
import type { CardFieldsHandle, FieldsState } from '#portal/payments/card-fields.tsx'
import { FieldsPlace } from '#portal/payments/fields-place.tsx'
import { InSight } from '#portal/payments/in-sight.tsx'
import { BusyWords } from '#portal/payments/pay-button.tsx'
import { SituationNotice } from '#portal/payments/situation-notice.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { useAdding, type Place } from './use-adding.ts'

// Words are there before Stripe's code is.
const CardFields = lazy(async () => ({ default: (await import('#portal/payments/card-fields.tsx')).CardFields }))

type NewMethodProps = {
  readonly visit: Visit
  /** Where it will be charged. */
  readonly place: Place
  readonly replaces: boolean
  /** What it is for, to be chosen. */
  readonly children: ReactNode
}

/** Stripe's fields with every kind that the merchant takes, or one whose bank's check was cut short. */
export function NewMethod({ visit, place, replaces, children }: NewMethodProps) {
  const { say } = useWords()
  const format = useFormat()
  const adding = useAdding(visit)
  const fields = useRef<CardFieldsHandle>(null)
  const [state, setState] = useState<FieldsState>('loading')
  const { situation } = adding
  const { unfinished } = visit
  const busy = situation.kind === 'busy' || situation.kind === 'over'
  const save = () => {
    if (unfinished) return adding.goOn(unfinished, place)
    return fields.current ? adding.add(fields.current, place) : undefined
  }

  return (
    <Card>
      {unfinished ? (
        <p>
          <Words
            id={unfinished.saved ? 'addMethod.unfinishedSaved' : 'addMethod.unfinished'}
            values={{ method: unfinished.method ? format.face(unfinished.method) : say('updateCard.unknownCard') }}
          />
        </p>
      ) : (
        <fieldset className="min-w-0" aria-label={say('fields.label')}>
          <Suspense fallback={<FieldsPlace ready={false} />}>
            <CardFields
              ref={fields}
              stripe={visit.stripe}
              currency={undefined}
              country={visit.country}
              onState={setState}
              onTyping={adding.changed}
            />
          </Suspense>
        </fieldset>
      )}
      {children}
      <InSight told={situation.kind === 'idle' || busy ? undefined : situation.kind}>
        <SituationNotice visit={visit} situation={situation} total={undefined} onAskAgain={() => {}} />
      </InSight>
      {(unfinished !== undefined || state !== 'blocked') && (
        <Button
          busy={busy || (!unfinished && state !== 'ready')}
          {...(busy && { busyText: <BusyWords situation={situation} /> })}
          onClick={() => void save()}
        >
          <Words
            id={
              unfinished && !unfinished.saved
                ? 'pay.continueToBank'
                : replaces
                  ? 'addMethod.saveAndReplace'
                  : 'addMethod.save'
            }
          />
        </Button>
      )}
    </Card>
  )
}
