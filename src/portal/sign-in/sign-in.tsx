import type { Hint, HintAnswer } from '#contract/hint.ts'
import type { SignInAnswer } from '#contract/sign-in.ts'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useNavigate, useRevalidator } from 'react-router-dom'
import { beginSignInDeed } from '#portal/api/sign-in.ts'
import { paths } from '#portal/paths.ts'
import { ChooseAccount } from './choose-account.tsx'
import { CodeStep } from './code-step.tsx'
import { EmailStep } from './email-step.tsx'
import { NoMail } from './no-mail.tsx'

export type SignInProps = {
  /** Where they want to go once it is known who they are. */
  readonly hint: Hint
  readonly about: Pick<Extract<HintAnswer, { kind: 'sign_in' }>, 'merchant' | 'app' | 'reported'>
  /** Above the first question, where something else than the app brought them here. */
  readonly headline?: string
  readonly why?: ReactNode
}

type Step =
  | { readonly kind: 'email' }
  | { readonly kind: 'code' }
  | { readonly kind: 'choose'; readonly answer: Extract<SignInAnswer, { kind: 'choose' }> }

/** E-mail, code, and which account where there are several: one question at a time. */
export function SignIn({ hint, about, headline, why }: SignInProps) {
  const navigate = useNavigate()
  const revalidator = useRevalidator()
  const begin = useMutation(beginSignInDeed)
  const [email, setEmail] = useState('')
  const [step, setStep] = useState<Step>({ kind: 'email' })

  const send = (to: string) => {
    setEmail(to)
    begin.mutate(
      { email: to, hint },
      { onSuccess: ({ kind }) => setStep({ kind: kind === 'sent' ? 'code' : 'email' }) },
    )
  }
  // The same address once more, now that it is known who asks; or the start, for an account of their own choice.
  const goOn = (to?: 'start') => {
    if (to === 'start' || hint.kind === 'none') void navigate(paths.home, { replace: true })
    else void revalidator.revalidate()
  }
  const restart = () => {
    begin.reset()
    setStep({ kind: 'email' })
  }

  if (begin.data?.kind === 'no_mail') return <NoMail about={about} />
  if (step.kind === 'email') {
    return (
      <EmailStep
        about={about}
        {...(headline !== undefined && { headline, why })}
        email={email}
        busy={begin.isPending}
        error={begin.error}
        onSend={send}
      />
    )
  }
  if (step.kind === 'code') {
    return (
      <CodeStep
        // A new letter begins a new try.
        key={begin.submittedAt}
        about={about}
        email={email}
        sending={begin.isPending}
        sendError={begin.error}
        onAgain={() => send(email)}
        onOther={restart}
        onChoose={(answer) => setStep({ kind: 'choose', answer })}
        onEntered={goOn}
      />
    )
  }
  return (
    <ChooseAccount
      about={about}
      email={email}
      answer={step.answer}
      onOther={restart}
      onEntered={() => goOn(step.answer.elsewhere ? 'start' : undefined)}
    />
  )
}
