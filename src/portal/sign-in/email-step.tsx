import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { Corridor } from '#portal/corridor.tsx'
import { AskUs } from '#portal/frame.tsx'
import { paths } from '#portal/paths.ts'
import { useWords, Words } from '#portal/words/words.ts'
import type { SignInProps } from './sign-in.tsx'
import { SignInTrouble } from './sign-in-trouble.tsx'

type EmailStepProps = {
  readonly about: SignInProps['about']
  readonly headline?: string
  readonly why?: ReactNode
  readonly email: string
  readonly busy: boolean
  readonly error: Error | null
  readonly onSend: (email: string) => void
}

export function EmailStep({ about, headline, why, email, busy, error, onSend }: EmailStepProps) {
  const { say } = useWords()
  const { merchant, app } = about
  const [typed, setTyped] = useState(email)
  const [isWrong, setWrong] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const address = typed.trim()
    const wrong = !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) || !input.current?.validity.valid
    setWrong(wrong)
    if (wrong) input.current?.focus()
    else onSend(address)
  }

  return (
    <Corridor
      about={{ merchant }}
      headline={headline ?? (app ? say('signIn.headlineApp', { app: app.name }) : say('signIn.headline'))}
      why={why ?? <WhySignIn about={about} />}
      ways={[
        app && (
          <a key="app" href={app.url} className="link target">
            <Words id="signIn.openApp" values={{ app: app.name }} />
          </a>
        ),
        !app && (
          <Link key="code" to={paths.code} className="link target">
            <Words id="signIn.shortCode" />
          </Link>
        ),
        <AskUs key="us" merchant={merchant} />,
      ].filter((way) => way !== undefined && way !== false)}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          ref={input}
          id="email"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={320}
          value={typed}
          onType={(text) => {
            setTyped(text)
            setWrong(false)
          }}
          label={<Words id="signIn.email" />}
          {...(isWrong && { error: <span role="alert">{say('signIn.emailWrong')}</span> })}
        />
        {error && <SignInTrouble error={error} />}
        <Button type="submit" busy={busy} busyText={<Words id="signIn.sending" />}>
          <Words id="signIn.send" />
        </Button>
      </form>
    </Corridor>
  )
}

/** What the address claims is repeated as a claim; who they are is not known. */
function WhySignIn({ about: { app, reported } }: { readonly about: SignInProps['about'] }) {
  const { say } = useWords()
  if (!app) return <Words id="signIn.why" />
  return (
    <>
      {reported !== undefined && (
        <p className="mb-2">
          <Words id="signIn.reported" values={{ app: app.name, reported: say(`cause.${reported}`) }} />
        </p>
      )}
      <p>
        <Words id="signIn.whyApp" values={{ app: app.name }} />
      </p>
    </>
  )
}
