import { feedbacks, type Holding, type Holdings, type PlanAct, type PlanActOf } from '#contract/holding.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Choices } from '#ui/choices.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { SelectField, TextField } from '#ui/field.tsx'
import { useState } from 'react'
import { ActNotice } from '#portal/acting/act-notice.tsx'
import { Consequences } from './consequences.tsx'
import { usePlanAct } from '#portal/acting/use-plan-act.ts'

type When = PlanActOf<'cancel'>['when']

export type DialogProps = {
  readonly page: Holdings
  readonly holding: Holding
  readonly onClose: () => void
  readonly onDone: (act: PlanAct) => void
}

/** What ending it means, with dates and sums; a reason is asked for and not needed. */
export function CancelDialog({ page, holding, onClose, onDone }: DialogProps) {
  const { say } = useWords()
  const format = useFormat()
  const { plan, acts, id } = holding
  const ways: readonly When[] = [
    ...(acts.includes('cancel') ? (['end'] as const) : []),
    ...(acts.includes('cancel-now') ? (['now'] as const) : []),
  ]
  const [chosen, choose] = useState<When>()
  const [feedback, setFeedback] = useState('')
  const [comment, setComment] = useState('')
  const { situation, act } = usePlanAct(id, onDone)
  const when = chosen ?? ways[0]
  const end = format.day(endOf(holding), page.now)
  const name = <bdi>{plan}</bdi>

  function cancel(when: When) {
    const why = feedbacks.find((one) => one === feedback)
    const said = comment.trim()
    act({
      act: 'cancel',
      subscription: id,
      when,
      ...(why && { feedback: why }),
      ...(said !== '' && { comment: said }),
    })
  }

  return (
    <Dialog
      title={<Words id="cancel.title" values={{ plan: name }} />}
      close={<Words id="act.keep" />}
      onClose={onClose}
    >
      {ways.length > 1 && (
        <Choices
          legend={<Words id="cancel.when" />}
          name="when"
          value={when}
          onChoose={choose}
          choices={ways.map((way) => ({
            value: way,
            label: way === 'now' ? say('cancel.now') : atEnd(holding, end, say),
          }))}
        />
      )}
      {when && <Meaning page={page} holding={holding} when={when} />}
      <div className="flex flex-col gap-4">
        <SelectField
          id="feedback"
          label={<Words id="cancel.why" />}
          note={<Words id="cancel.optional" />}
          value={feedback}
          onChoose={setFeedback}
          empty={say('cancel.noAnswer')}
          groups={[{ options: feedbacks.map((value) => ({ value, label: say(`feedback.${value}`) })) }]}
        />
        {feedback !== '' && (
          <TextField
            id="comment"
            label={<Words id="cancel.comment" />}
            note={<Words id="cancel.optional" />}
            value={comment}
            maxLength={1_000}
            onType={setComment}
          />
        )}
      </div>
      <ActNotice situation={situation} />
      {when && (
        <Button busy={situation === 'busy'} busyText={<Words id="act.busy" />} onClick={() => cancel(when)}>
          {when === 'end' ? (
            <Words id="cancel.doAtEnd" values={{ day: end }} />
          ) : (
            <Words id="cancel.doNow" values={{ plan: name }} />
          )}
        </Button>
      )}
    </Dialog>
  )
}

function atEnd({ status }: Holding, day: string, say: ReturnType<typeof useWords>['say']): string {
  return say(status === 'trialing' ? 'cancel.atTrialEnd' : 'cancel.atEnd', { day })
}

function endOf({ status, trialEnd, periodEnd }: Holding): number {
  return status === 'trialing' ? (trialEnd ?? periodEnd) : periodEnd
}

type MeaningProps = Pick<DialogProps, 'page' | 'holding'> & { readonly when: When }

function Meaning({ page: { now, app, merchant }, holding, when }: MeaningProps) {
  const format = useFormat()
  const { owed, method, graceEnd, status, discounts } = holding
  const day = format.day(endOf(holding), now)
  const serves = status === 'active' || status === 'trialing' || status === 'past_due'
  const atEnd = when === 'end'
  return (
    <Consequences>
      {atEnd && <Words id="cancel.accessUntil" values={{ day }} />}
      {!atEnd && serves && <Words id="cancel.accessEnds" />}
      {owed === undefined && <Words id="cancel.noMore" />}
      {status === 'trialing' && <Words id="cancel.trialFree" />}
      {status !== 'trialing' && status !== 'incomplete' && <Words id="cancel.noRefund" />}
      {owed && (
        <>
          <Words id="cancel.owedStays" values={{ amount: <bdi>{format.money(owed)}</bdi> }} />{' '}
          {!atEnd && <Words id="cancel.owedLeft" />}
          {atEnd && method && <Words id="cancel.owedTaken" values={{ method: format.face(method) }} />}
        </>
      )}
      {atEnd && owed && graceEnd !== undefined && (
        <Words id="cancel.overdue" values={{ day: format.day(graceEnd, now) }} />
      )}
      {discounts[0] && (
        <Words
          id="cancel.discountLost"
          values={{ name: <bdi>{format.list(discounts.map(({ name }) => name))}</bdi> }}
        />
      )}
      <Words id="cancel.data" values={{ app: <bdi>{app.name}</bdi>, merchant: <bdi>{merchant.name}</bdi> }} />
      {atEnd ? <Words id="cancel.undo" values={{ day }} /> : <Words id="cancel.noUndo" />}
    </Consequences>
  )
}
