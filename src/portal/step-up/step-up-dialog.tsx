import type { StepUpBegun } from '#contract/step-up.ts'
import { Button, buttonLook } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation } from '@tanstack/react-query'
import { after } from '#portal/api/after.ts'
import { confirmStepUpDeed } from '#portal/api/step-up.ts'
import { isSignedOut } from '#portal/watch.ts'
import { CodeForm } from '#portal/sign-in/code-form.tsx'
import { SignInTrouble } from '#portal/sign-in/sign-in-trouble.tsx'
import { Words } from '#portal/words/words.ts'

type Begin = {
  readonly data: StepUpBegun | undefined
  readonly error: Error | null
  readonly isPending: boolean
  readonly submittedAt: number
  readonly mutate: () => void
}

type StepUpDialogProps = {
  /** The sending of the code, begun by whoever opens this. */
  readonly begin: Begin
  readonly onProved: () => void
  readonly onClose: () => void
}

/** Six digits from the person's own mailbox, and what they were doing goes on. */
export function StepUpDialog({ begin, onProved, onClose }: StepUpDialogProps) {
  if (isSignedOut(begin.error)) throw begin.error
  return (
    <Dialog title={<Words id="stepUp.title" />} close={<Words id="stepUp.cancel" />} onClose={onClose}>
      {begin.data?.kind === 'no_letter' && <FromTheApp app={begin.data.app} />}
      {begin.data?.kind === 'sent' && (
        // A new letter begins a new try.
        <TypeCode key={begin.submittedAt} to={begin.data.to} begin={begin} onProved={onProved} />
      )}
      {begin.data === undefined && (
        <>
          <output className="block">
            <Words id="stepUp.sending" />
          </output>
          {begin.error && <SignInTrouble error={begin.error} />}
          {begin.error && <SendAgain begin={begin} />}
        </>
      )}
    </Dialog>
  )
}

type TypeCodeProps = { readonly to: string; readonly begin: Begin; readonly onProved: () => void }

function TypeCode({ to, begin, onProved }: TypeCodeProps) {
  const confirm = useMutation(confirmStepUpDeed)
  if (isSignedOut(confirm.error)) throw confirm.error
  const answer = confirm.data
  const over = answer?.kind === 'spent' || answer?.kind === 'expired' ? answer.kind : undefined
  return (
    <>
      <p>
        <Words
          id="stepUp.sent"
          values={{ to: <bdi className="wrap-anywhere">{to}</bdi> }}
          components={{ b: <b className="font-semibold" /> }}
        />
      </p>
      {over ? (
        <>
          <Notice kind="warning" role="alert" word={<Words id={`signIn.${over}`} />}>
            <Words id={`signIn.${over}Why`} />
          </Notice>
          <SendAgain begin={begin} />
        </>
      ) : (
        <CodeForm
          left={answer?.kind === 'wrong' ? answer.left : undefined}
          busy={confirm.isPending || answer?.kind === 'proved'}
          error={confirm.error}
          hint={<Words id="stepUp.hint" />}
          go={<Words id="stepUp.go" />}
          onCode={(code, retype) =>
            after(confirm.mutateAsync(code), ({ kind }) => {
              if (kind === 'proved') onProved()
              if (kind === 'wrong') retype()
            })
          }
        />
      )}
    </>
  )
}

function SendAgain({ begin }: { readonly begin: Begin }) {
  return (
    <Button onClick={() => begin.mutate()} busy={begin.isPending} busyText={<Words id="signIn.sending" />}>
      <Words id="signIn.again" />
    </Button>
  )
}

/** No letter can reach them; a fresh way in from the app is proof as well. */
function FromTheApp({ app }: { readonly app: { readonly name: string; readonly url: string } }) {
  return (
    <>
      <div className="flex flex-col gap-2">
        <p>
          <Words id="stepUp.noLetter" values={{ app: app.name }} />
        </p>
        <p className="text-quiet">
          <Words id="stepUp.noLetterWhy" />
        </p>
      </div>
      <a href={app.url} className={buttonLook('primary')}>
        <Words id="signIn.goToApp" values={{ app: app.name }} />
      </a>
    </>
  )
}
