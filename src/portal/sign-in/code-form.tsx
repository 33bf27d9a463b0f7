import { SIGN_IN_DIGITS } from '#contract/sign-in.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { Words } from '#portal/words/words.ts'
import { SignInTrouble } from './sign-in-trouble.tsx'

type CodeFormProps = {
  /** How many tries are left, after a wrong one. */
  readonly left: number | undefined
  readonly busy: boolean
  readonly error: Error | null
  readonly hint: ReactNode
  /** What the button says. */
  readonly go: ReactNode
  /** `retype` empties the field for the next try. */
  readonly onCode: (code: string, retype: () => void) => void
}

/** Six digits in one field, sent as soon as they are there. */
export function CodeForm({ left, busy, error, hint, go, onCode }: CodeFormProps) {
  const [digits, setDigits] = useState('')
  const input = useRef<HTMLInputElement>(null)

  // The question has changed under the person's hands: the place to type is the next one.
  useEffect(() => input.current?.focus(), [])

  function send(code: string) {
    if (busy || code.length < SIGN_IN_DIGITS) return
    onCode(code, () => {
      setDigits('')
      input.current?.focus()
    })
  }

  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        send(digits)
        if (digits.length < SIGN_IN_DIGITS) input.current?.focus()
      }}
      className="flex flex-col gap-4"
    >
      <TextField
        ref={input}
        id="code"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        dir="ltr"
        value={digits}
        onType={(text) => {
          // Whatever else was pasted along with the digits.
          const found = text.replaceAll(/\D/g, '').slice(0, SIGN_IN_DIGITS)
          setDigits(found)
          if (found !== digits) send(found)
        }}
        label={<Words id="signIn.codeField" />}
        hint={hint}
        {...(left !== undefined &&
          digits === '' && {
            error: (
              <span role="alert">
                <Words id="signIn.codeWrong" values={{ left }} />
              </span>
            ),
          })}
      />
      {error && <SignInTrouble error={error} />}
      <Button type="submit" busy={busy} busyText={<Words id="signIn.codeChecking" />}>
        {go}
      </Button>
    </form>
  )
}
