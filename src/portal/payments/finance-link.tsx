import type { GuestLinkRequest } from '#contract/guest-link.ts'
import type { Visit } from '#contract/visit.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import { makeLinkDeed } from '#portal/api/guest-links.ts'
import { ApiError } from '#portal/api/http.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { TextField } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { planFor } from './debt.ts'

type FinanceLinkProps = {
  readonly visit: Pick<Visit, 'now' | 'check'>
  readonly debt: Debt
  readonly fix: GuestLinkRequest['fix']
}

/** One link for one payment: to copy, or sent by us. */
export function FinanceLink({ visit, debt, fix }: FinanceLinkProps) {
  const format = useFormat()
  const { say } = useWords()
  const make = useMutation(makeLinkDeed(useQueryClient()))
  const [email, setEmail] = useState('')
  const [note, setNote] = useState('')
  const [keeps, setKeeps] = useState(false)
  const [wrong, setWrong] = useState(false)
  const to = email.trim()

  function submit(event: FormEvent) {
    event.preventDefault()
    const isWrong = to !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(to)
    setWrong(isWrong)
    if (isWrong || make.isPending) return
    make.mutate({
      fix,
      plan: planFor(debt),
      keeps_card: keeps,
      ...(visit.check && { check: visit.check.id }),
      ...(to !== '' && { email: to }),
      ...(note.trim() !== '' && { note: note.trim() }),
    })
  }

  if (make.data) {
    const day = format.day(Date.parse(make.data.expires_at) / 1_000, visit.now)
    return (
      <div className="flex flex-col gap-3">
        <output className="block">
          <Notice
            kind="success"
            word={
              to === '' ? (
                <Words id="share.made" values={{ day }} />
              ) : (
                <Words id="share.madeSent" values={{ email: to, day }} />
              )
            }
          >
            <p className="break-all select-all">{make.data.url}</p>
          </Notice>
        </output>
        <CopyButton text={make.data.url} copied={<Words id="share.linkCopied" />} refused={<Words id="ask.refused" />}>
          <Words id="share.copyLink" />
        </CopyButton>
        <LinkButton onClick={() => make.reset()}>
          <Words id="share.another" />
        </LinkButton>
      </div>
    )
  }

  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <p className="text-quiet">
        <Words id="share.financeWhy" values={{ amount: <bdi>{format.money(debt.total)}</bdi> }} />
      </p>
      <TextField
        id="share-email"
        type="email"
        inputMode="email"
        autoComplete="off"
        maxLength={320}
        label={<Words id="share.email" />}
        {...(wrong && { error: say('share.emailWrong') })}
        value={email}
        onType={setEmail}
      />
      <TextField id="share-note" maxLength={300} label={<Words id="share.note" />} value={note} onType={setNote} />
      <label className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          checked={keeps}
          onChange={({ currentTarget }) => setKeeps(currentTarget.checked)}
          className="size-5 shrink-0 accent-accent"
        />
        <Words id="share.keeps" />
      </label>
      {make.isError && <Trouble error={make.error} />}
      <Button type="submit" busy={make.isPending} busyText={<Words id="share.making" />}>
        <Words id={to === '' ? 'share.make' : 'share.sendTo'} />
      </Button>
    </form>
  )
}

const troubles = {
  400: { word: 'share.stale', why: 'share.staleWhy' },
  429: { word: 'share.tooMany', why: 'share.tooManyWhy' },
} as const

function Trouble({ error }: { readonly error: Error }) {
  const status = error instanceof ApiError ? error.status : 0
  const { word, why } =
    status === 400 || status === 429 ? troubles[status] : ({ word: 'share.failed', why: 'share.failedWhy' } as const)
  return (
    <Notice kind="warning" role="alert" word={<Words id={word} />}>
      <Words id={why} />
    </Notice>
  )
}
