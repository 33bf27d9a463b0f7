import type { VerifyRequest } from '#contract/methods.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { after } from '#portal/api/after.ts'
import { verifyDeed } from '#portal/api/methods.ts'
import { Words } from '#portal/words/words.ts'
import { DeedNotice } from './deed-notice.tsx'

type VerifyFormProps = {
  readonly setupIntent: string
  readonly proof: 'code' | 'amounts'
  readonly onVerified: () => void
}

/** What stands in the statement of the bank account, typed in. */
export function VerifyForm({ setupIntent, proof, onVerified }: VerifyFormProps) {
  const deed = useMutation(verifyDeed(useQueryClient()))
  const [typed, type] = useState(['', ''])
  const [tried, setTried] = useState(false)
  const isRight = (text: string) => (proof === 'code' ? /^SM\w{4}$/i : /^[1-9]\d?$/).test(text.trim())
  const [first = '', second = ''] = typed
  const complete = isRight(first) && (proof === 'code' || isRight(second))

  function verify(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!complete || deed.isPending) return
    const given: VerifyRequest['proof'] =
      proof === 'code' ? { code: first.trim().toUpperCase() } : { amounts: [Number(first), Number(second)] }
    after(deed.mutateAsync({ setupIntent, proof: given }), ({ kind }) => {
      if (kind === 'verified') onVerified()
    })
  }

  const errorOf = (text: string) =>
    tried && !isRight(text)
      ? { error: <Words id={proof === 'code' ? 'verify.incomplete' : 'verify.incompleteAmount'} /> }
      : {}
  const answer = deed.isPending ? undefined : deed.data?.kind

  return (
    <form noValidate onSubmit={verify} className="flex max-w-72 flex-col gap-3">
      <TextField
        id={`${setupIntent}-first`}
        label={<Words id={proof === 'code' ? 'verify.codeLabel' : 'verify.first'} />}
        {...(proof === 'code' && { hint: <Words id="verify.codeHint" /> })}
        {...errorOf(first)}
        value={first}
        autoComplete="off"
        autoCapitalize="characters"
        inputMode={proof === 'code' ? 'text' : 'numeric'}
        onType={(text) => type([text, second])}
      />
      {proof === 'amounts' && (
        <TextField
          id={`${setupIntent}-second`}
          label={<Words id="verify.second" />}
          {...errorOf(second)}
          value={second}
          autoComplete="off"
          inputMode="numeric"
          onType={(text) => type([first, text])}
        />
      )}
      {(answer === 'wrong' || answer === 'over') && (
        <Notice kind="warning" role="alert" word={<Words id={`verify.${answer}`} />}>
          <Words id={`verify.${answer}Why`} />
        </Notice>
      )}
      <DeedNotice error={deed.isPending ? null : deed.error} outcome={undefined} />
      <Button type="submit" kind="quiet" busy={deed.isPending} busyText={<Words id="verify.going" />}>
        <Words id="verify.go" />
      </Button>
    </form>
  )
}
