import type { CodeAnswer } from '#contract/holding.ts'
import { codeQuestion } from '#portal/api/plan.ts'
import { ApiError } from '#portal/api/http.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextField } from '#ui/field.tsx'
import { Amount, Row } from '#ui/stack.tsx'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import { ActNotice } from '#portal/acting/act-notice.tsx'
import type { DialogProps } from './cancel-dialog.tsx'
import { DiscountWords } from './discount-words.tsx'
import { usePlanAct } from '#portal/acting/use-plan-act.ts'

type Good = Extract<CodeAnswer, { kind: 'good' }>

/** A code is typed, its effect on the next invoice is shown, and only then it is taken. */
export function CodeDialog({ page: { now }, holding, onClose, onDone }: DialogProps) {
  const { id, plan } = holding
  const [code, type] = useState('')
  const question = useMutation(codeQuestion)
  const { situation, act, again } = usePlanAct(id, onDone)
  const { data, error, isPending, variables } = question
  if (error instanceof ApiError && error.status === 401) throw error
  const asked = variables?.code === code.trim() ? data : undefined
  // A sum that no longer holds is asked for anew before anybody agrees to it.
  const good = asked?.kind === 'good' && situation !== 'stale' ? asked : undefined
  const wrong = error && variables?.code === code.trim() ? <Failure error={error} /> : undefined

  function look(event: FormEvent) {
    event.preventDefault()
    if (isPending || code.trim() === '') return
    again()
    question.mutate({ subscription: id, code: code.trim() })
  }

  return (
    <Dialog title={<Words id="code.title" />} close={<Words id="act.close" />} onClose={onClose}>
      <form onSubmit={look} className="flex flex-col gap-4" noValidate>
        <TextField
          id="code"
          label={<Words id="code.label" />}
          value={code}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={200}
          onType={type}
          error={asked?.kind === 'refused' ? <Words id={`code.${asked.why}`} values={{ plan }} /> : wrong}
        />
        {!good && (
          <Button type="submit" kind="quiet" busy={isPending} busyText={<Words id="code.checking" />}>
            <Words id="code.check" />
          </Button>
        )}
      </form>
      {good && <Effect answer={good} now={now} />}
      <ActNotice situation={situation} />
      {good && (
        <Button
          busy={situation === 'busy'}
          busyText={<Words id="act.busy" />}
          onClick={() => act({ act: 'code', subscription: id, code: code.trim(), next: good.after })}
        >
          <Words id="code.apply" values={{ code: <bdi>{good.discount.code ?? code.trim()}</bdi> }} />
        </Button>
      )}
    </Dialog>
  )
}

function Effect({ answer: { discount, before, after, at }, now }: { readonly answer: Good; readonly now: number }) {
  const format = useFormat()
  return (
    <output className="flex flex-col gap-1">
      <span className="font-medium">
        <DiscountWords discount={discount} now={now} />
      </span>
      <Row
        start={
          <span className="text-quiet">
            <Words id="code.now" />
          </span>
        }
        end={<bdi className="text-quiet line-through">{format.money(before)}</bdi>}
      />
      <Amount label={<Words id="code.nextInvoice" values={{ day: format.day(at, now) }} />}>
        {format.money(after)}
      </Amount>
    </output>
  )
}

function Failure({ error }: { readonly error: Error }): ReactNode {
  return <Words id={error instanceof ApiError && error.status === 429 ? 'code.tooMany' : 'code.failed'} />
}
