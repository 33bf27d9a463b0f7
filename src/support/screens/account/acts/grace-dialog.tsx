import { actWords, graceWords } from '#support/words/acts.ts'
import { TextField } from '#ui/field.tsx'
import { useState } from 'react'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'
import { dateOf, day, endOf } from './days.ts'

const WEEK = 7 * 86_400

/** Until when what is past due runs on. */
export function GraceDialog(props: ActDialogProps) {
  const { answer, acts } = props
  const { now, grace } = acts
  const [date, setDate] = useState(dateOf(Math.min(grace.until ?? now + WEEK, grace.latest)))
  const [missing, setMissing] = useState(false)
  const until = endOf(date, grace.latest)
  const { label } = answer.account
  const { ends = now } = grace
  return (
    <ActDialog
      {...props}
      title={grace.until === undefined ? actWords.grace : actWords.graceChange}
      path="grace"
      go={graceWords.give}
      body={() => {
        setMissing(until === undefined)
        return until === undefined ? undefined : { until }
      }}
      means={
        <>
          <p>{ends <= now ? graceWords.stopped(label) : graceWords.running(label, day(ends, now))}</p>
          <p>{graceWords.rest}</p>
        </>
      }
    >
      {(errors) => (
        <TextField
          id="act-until"
          label={graceWords.until}
          hint={graceWords.hint(day(grace.latest, now))}
          type="date"
          min={dateOf(now)}
          max={dateOf(grace.latest)}
          value={date}
          onType={setDate}
          error={missing && until === undefined ? graceWords.missing : errors['until']}
        />
      )}
    </ActDialog>
  )
}

export function TakeGraceBackDialog(props: ActDialogProps) {
  const { label } = props.answer.account
  return (
    <ActDialog
      {...props}
      title={graceWords.takeBack}
      path="grace"
      go={graceWords.takeBack}
      body={() => ({ until: null })}
      means={<p>{graceWords.takesBack(label)}</p>}
    />
  )
}
