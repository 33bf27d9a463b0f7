import type { DeskAnswer } from '#contract/desk-answer.ts'
import { StaffReasonSchema } from '#contract/staff.ts'
import { DeskError } from '#support/api/http.ts'
import { beginView } from '#support/api/view.ts'
import { useSession } from '#support/frame.tsx'
import { viewAsWords } from '#support/words/view-as.ts'
import { Button } from '#ui/button.tsx'
import { Choices } from '#ui/choices.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextField } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'

/** Opens the customer's own pages, read-only; absent for roles that may not, and for accounts without people. */
export function ViewAs({ answer }: { readonly answer: DeskAnswer }) {
  const { rights } = useSession()
  const [open, setOpen] = useState(false)
  if (!rights.includes('view-as') || answer.team.members.length === 0) return null
  return (
    <>
      <Button kind="quiet" wide={false} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {viewAsWords.open}
      </Button>
      {open && <ViewDialog answer={answer} onClose={() => setOpen(false)} />}
    </>
  )
}

function ViewDialog({ answer, onClose }: { readonly answer: DeskAnswer; readonly onClose: () => void }) {
  const { account, app, refused, team } = answer
  const people = team.members.map(({ person }) => person)
  const [whose, setWhose] = useState(people.find(({ id }) => id === refused?.actor?.id)?.id ?? people[0]?.id)
  const [reason, setReason] = useState('')
  const [isShort, setShort] = useState(false)
  const begin = useMutation({
    mutationFn: async () => {
      const wish = { reason, ...(whose !== undefined && { member: whose }), ...(refused && { check: refused.check }) }
      const { path } = await beginView(app.id, account.id, wish)
      window.location.assign(path)
    },
  })
  function send(event: FormEvent) {
    event.preventDefault()
    const fits = StaffReasonSchema.safeParse(reason).success
    setShort(!fits)
    if (fits && !begin.isPending && !begin.isSuccess) begin.mutate()
  }
  const isFull = begin.error instanceof DeskError && begin.error.status === 429
  return (
    <Dialog title={viewAsWords.title(account.label)} close={viewAsWords.cancel} onClose={onClose}>
      <form noValidate onSubmit={send} className="flex flex-col gap-6">
        <p className="text-quiet">{viewAsWords.why}</p>
        <Choices
          legend={viewAsWords.whose}
          name="whose"
          value={whose}
          onChoose={setWhose}
          choices={people.map(({ id, name, role }) => ({
            value: id,
            label: name?.text ?? id,
            detail: role && viewAsWords.roles[role],
          }))}
        />
        <TextField
          id="view-reason"
          label={viewAsWords.reason}
          hint={viewAsWords.reasonHint}
          value={reason}
          onType={setReason}
          maxLength={300}
          {...(isShort && { error: viewAsWords.reasonMissing })}
        />
        {begin.isError && (
          <Notice kind="warning" role="alert" word={isFull ? viewAsWords.tooMany : viewAsWords.failed} />
        )}
        <Button type="submit" busy={begin.isPending || begin.isSuccess} busyText={viewAsWords.going}>
          {viewAsWords.go}
        </Button>
      </form>
    </Dialog>
  )
}
