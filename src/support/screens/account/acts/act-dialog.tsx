import type { DeskActDone, DeskActs } from '#contract/desk-acts.ts'
import type { DeskAnswer } from '#contract/desk-answer.ts'
import { actWords, outcomeOf } from '#support/words/acts.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextField } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { day } from './days.ts'
import { useAct, type ActState } from './use-act.ts'

export type ActDialogProps = {
  readonly answer: DeskAnswer
  readonly acts: DeskActs
  readonly onClose: () => void
}

type Asked = ActDialogProps & {
  readonly title: string
  /** Where it is sent: the last part of its address. */
  readonly path: string
  /** What it does to the customer, in words. */
  readonly means: ReactNode
  readonly go: string
  /** The request without its reason; undefined while something in the form is missing or wrong. */
  readonly body: () => object | undefined
  /** What is asked for besides the reason; `errors` are what the server found. */
  readonly children?: (errors: ActState['errors']) => ReactNode
  /** What is shown below what came of it. */
  readonly after?: (done: DeskActDone) => ReactNode
}

const LEAST = 3

/** Names the account, says what will happen, asks for what is needed and why, and says what came of it. */
export function ActDialog({ answer, acts, onClose, title, path, means, go, body, children, after }: Asked) {
  const { app, account } = answer
  const act = useAct({ app: app.id, account: account.id }, path, acts)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const { done, errors, trouble } = act

  function submit() {
    const asked = body()
    const why = reason.trim()
    setMissing(why.length < LEAST)
    if (asked && why.length >= LEAST) act.send({ ...asked, reason: why })
  }

  return (
    <Dialog title={title} close={done ? actWords.done : actWords.cancel} onClose={onClose}>
      <p className="font-semibold">
        <bdi>{actWords.forAccount(account.label, app.name)}</bdi>
      </p>
      {done ? (
        <Result>
          <Notice kind={toneOf(done)} word={outcomeOf(done.done, (instant) => day(instant, acts.now))} />
          {after?.(done)}
        </Result>
      ) : (
        <form
          noValidate
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <div className="flex flex-col gap-2">{means}</div>
          {children?.(errors)}
          <TextField
            id="act-reason"
            label={actWords.reason}
            hint={actWords.reasonHint}
            value={reason}
            maxLength={300}
            autoComplete="off"
            onType={setReason}
            error={missing ? actWords.reasonMissing : errors['reason']}
          />
          {trouble !== undefined && <Notice kind="danger" word={trouble} role="alert" />}
          <Button type="submit" busy={act.busy} busyText={actWords.doing}>
            {go}
          </Button>
        </form>
      )}
    </Dialog>
  )
}

/** What stood there is gone: the focus goes on to what came of it, and it is read out. */
function Result({ children }: { readonly children: ReactNode }) {
  const result = useRef<HTMLDivElement>(null)
  useEffect(() => result.current?.focus(), [])
  return (
    <div ref={result} tabIndex={-1} className="flex flex-col gap-4 outline-none">
      {children}
    </div>
  )
}

function toneOf({ done }: DeskActDone) {
  if (done.deed !== 'goodwill' || done.state === 'given') return 'success'
  return done.state === 'unknown' ? 'warning' : 'danger'
}
