import { SIGN_IN_DIGITS, type SignInAnswer } from '#contract/sign-in.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { enterByCodeDeed } from '#portal/api/sign-in.ts'
import { Corridor } from '#portal/corridor.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import type { SignInProps } from './sign-in.tsx'
import { SignInTrouble } from './sign-in-trouble.tsx'

type CodeStepProps = {
  readonly about: SignInProps['about']
  readonly email: string
  readonly sending: boolean
  readonly sendError: Error | null
  readonly onAgain: () => void
  readonly onOther: () => void
  readonly onChoose: (answer: Extract<SignInAnswer, { kind: 'choose' }>) => void
  readonly onEntered: () => void
}

/** Six digits, sent as soon as they are there. */
export function CodeStep({ about, email, sending, sendError, onAgain, onOther, onChoose, onEntered }: CodeStepProps) {
  const { say } = useWords()
  const enter = useMutation(enterByCodeDeed(useQueryClient()))
  const [digits, setDigits] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const answer = enter.data
  const busy = enter.isPending || answer?.kind === 'entered'
  const over = answer?.kind === 'spent' || answer?.kind === 'expired' ? answer.kind : undefined

  // The question has changed under the person's hands: the place to type is the next one.
  useEffect(() => input.current?.focus(), [])

  function send(code: string) {
    if (busy || code.length < SIGN_IN_DIGITS) return
    enter.mutate(code, {
      onSuccess: (told) => {
        if (told.kind === 'choose') onChoose(told)
        if (told.kind === 'entered') onEntered()
        if (told.kind === 'wrong') {
          setDigits('')
          input.current?.focus()
        }
      },
    })
  }

  return (
    <Corridor
      about={{ merchant: about.merchant }}
      headline={say('signIn.code')}
      why={
        <Words
          id="signIn.codeWhy"
          values={{ email: <bdi className="wrap-anywhere">{email}</bdi> }}
          components={{ b: <b className="font-semibold text-ink" /> }}
        />
      }
      ways={[
        <LinkButton key="other" onClick={onOther}>
          <Words id="signIn.otherAddress" />
        </LinkButton>,
        ...(over
          ? []
          : [
              <LinkButton key="again" onClick={onAgain}>
                <Words id={sending ? 'signIn.sending' : 'signIn.again'} />
              </LinkButton>,
            ]),
        ...(about.app
          ? [
              <a key="app" href={about.app.url} className="link target">
                <Words id="signIn.openApp" values={{ app: about.app.name }} />
              </a>,
            ]
          : []),
      ]}
      next={<Words id="signIn.nothingCame" />}
    >
      {sendError && <SignInTrouble error={sendError} />}
      {over ? (
        <>
          <Notice kind="warning" role="alert" word={<Words id={`signIn.${over}`} />}>
            <Words id={`signIn.${over}Why`} />
          </Notice>
          <Button onClick={onAgain} busy={sending} busyText={<Words id="signIn.sending" />}>
            <Words id="signIn.again" />
          </Button>
        </>
      ) : (
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
            hint={<Words id="signIn.codeHint" />}
            {...(answer?.kind === 'wrong' &&
              digits === '' && {
                error: (
                  <span role="alert">
                    <Words id="signIn.codeWrong" values={{ left: answer.left }} />
                  </span>
                ),
              })}
          />
          {enter.isError && <SignInTrouble error={enter.error} />}
          <Button type="submit" busy={busy} busyText={<Words id="signIn.codeChecking" />}>
            <Words id="signIn.codeGo" />
          </Button>
        </form>
      )}
    </Corridor>
  )
}
