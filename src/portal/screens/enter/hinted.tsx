import { Button, buttonLook } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router-dom'
import { after } from '#portal/api/after.ts'
import type { Arrival } from '#portal/api/arrival.ts'
import { acceptHintDeed } from '#portal/api/session.ts'
import { Corridor } from '#portal/corridor.tsx'
import { AskUs, BackToApp } from '#portal/frame.tsx'
import { leftIn, paths, withCheck, type Left } from '#portal/paths.ts'
import { NoMail } from '#portal/sign-in/no-mail.tsx'
import { SignIn } from '#portal/sign-in/sign-in.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { CodeDoor } from './code-door.tsx'
import { apart, Confirm } from './confirm.tsx'

type Hinted = Extract<Arrival, { kind: 'hint' }>
type Answer<Kind extends Hinted['answer']['kind']> = Extract<Hinted['answer'], { kind: Kind }>

/** An address that nobody vouches for: who they are comes first, and whose account it is. */
export function Hinted({ arrival: { hint, answer } }: { readonly arrival: Hinted }) {
  const { say } = useWords()
  const left = leftIn(useLocation().state)
  switch (answer.kind) {
    case 'sign_in':
      if (left) return <SignedOut left={left} mail={answer.mail} />
      return answer.mail ? <SignIn hint={hint} about={answer} /> : <NoMail about={answer} />
    case 'unknown_app':
      if (!answer.mail) return <NoMail about={answer} />
      return (
        <SignIn
          hint={{ kind: 'none' }}
          about={answer}
          headline={say('signIn.unknownApp')}
          why={<Words id="signIn.unknownAppWhy" />}
        />
      )
    case 'unknown_code':
      return <CodeDoor merchant={answer.merchant} trouble="wrong" />
    case 'switch':
      return <Switch hint={hint} answer={answer} />
    case 'elsewhere':
      return <Elsewhere hint={hint} answer={answer} />
  }
}

type Of<Kind extends Hinted['answer']['kind']> = { readonly hint: Hinted['hint']; readonly answer: Answer<Kind> }

/** Another account of the same person: named, because the app knows them in both. */
function Switch({ hint, answer }: Of<'switch'>) {
  const navigate = useNavigate()
  const accept = useMutation(acceptHintDeed(useQueryClient()))
  const enter = () =>
    after(accept.mutateAsync(hint), (told) => {
      if (told.kind === 'entered') void navigate(withCheck(paths.enter, told.check), { replace: true })
    })
  return (
    <Confirm answer={answer}>
      {(accept.isError || (accept.isSuccess && accept.data.kind !== 'entered')) && (
        <Notice kind="danger" role="alert" word={<Words id="enter.failed" />}>
          <Words id="enter.failedWhy" />
        </Notice>
      )}
      <Button
        onClick={enter}
        busy={accept.isPending || accept.data?.kind === 'entered'}
        busyText={<Words id="enter.switching" />}
      >
        <Words id="enter.switchDo" values={{ account: apart(answer.account, answer.from) }} />
      </Button>
    </Confirm>
  )
}

/** An account that they are not known to have: of it nothing is said but the app. */
function Elsewhere({ hint, answer }: Of<'elsewhere'>) {
  const { say } = useWords()
  const [wantsOther, setWantsOther] = useState(false)
  const { merchant, app, from, mail } = answer
  if (wantsOther) return <SignIn hint={hint} about={answer} />
  return (
    <Corridor
      about={{ merchant }}
      headline={say('enter.switch')}
      why={
        <Words
          id="signIn.elsewhere"
          values={{ app: app.name, from: <bdi>{from.label}</bdi> }}
          components={{ b: <b className="font-semibold text-ink" /> }}
        />
      }
      ways={[mail && <BackToApp key="app" app={app} />, <AskUs key="us" merchant={merchant} />].filter(
        (way) => way !== false,
      )}
    >
      <div className="flex flex-col gap-3">
        {mail ? (
          <Button onClick={() => setWantsOther(true)}>
            <Words id="signIn.otherAddress" />
          </Button>
        ) : (
          <a href={app.url} className={buttonLook('primary')}>
            <Words id="signIn.goToApp" values={{ app: app.name }} />
          </a>
        )}
        <Link to={paths.home} replace className={buttonLook('quiet')}>
          <Words id="enter.stay" values={{ from: from.label }} />
        </Link>
      </div>
    </Corridor>
  )
}

/** They have just signed out here: the app is the nearest way on. */
function SignedOut({ left, mail }: { readonly left: Left['left']; readonly mail: boolean }) {
  const { say } = useWords()
  return (
    <Corridor
      about={left}
      headline={say('signIn.left')}
      ways={[
        mail && (
          <Link key="in" to={paths.signIn} replace className="link target">
            <Words id="signIn.byEmail" />
          </Link>
        ),
        <AskUs key="us" merchant={left.merchant} />,
      ].filter((way) => way !== false)}
    >
      <a href={left.app.url} className={buttonLook('primary')}>
        <Words id="frame.backTo" values={{ app: left.app.name }} />
      </a>
    </Corridor>
  )
}
