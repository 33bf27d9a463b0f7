import type { SignInAnswer } from '#contract/sign-in.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { after } from '#portal/api/after.ts'
import { enterByCodeDeed } from '#portal/api/sign-in.ts'
import { Corridor } from '#portal/corridor.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { CodeForm } from './code-form.tsx'
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

/** The code of the letter, and what to do if none came. */
export function CodeStep({ about, email, sending, sendError, onAgain, onOther, onChoose, onEntered }: CodeStepProps) {
  const { say } = useWords()
  const enter = useMutation(enterByCodeDeed(useQueryClient()))
  const answer = enter.data
  const busy = enter.isPending || answer?.kind === 'entered'
  const over = answer?.kind === 'spent' || answer?.kind === 'expired' ? answer.kind : undefined

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
        <CodeForm
          left={answer?.kind === 'wrong' ? answer.left : undefined}
          busy={busy}
          error={enter.error}
          hint={<Words id="signIn.codeHint" />}
          go={<Words id="signIn.codeGo" />}
          onCode={(code, retype) =>
            after(enter.mutateAsync(code), (told) => {
              if (told.kind === 'choose') onChoose(told)
              if (told.kind === 'entered') onEntered()
              if (told.kind === 'wrong') retype()
            })
          }
        />
      )}
    </Corridor>
  )
}
