import type { Visit } from '#contract/visit.ts'
import type { Reason } from '#diagnosis/reason.ts'
import { buttonLook } from '#ui/button.tsx'
import { Navigate } from 'react-router-dom'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { BackToApp, Frame } from '#portal/frame.tsx'
import { paths, place } from '#portal/paths.ts'
import { useVisit } from '#portal/visited.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { LookAgain } from './look-again.tsx'

/** What is known, where there is no screen that mends it: what it is, what it means, who acts. */
export function Component() {
  const visit = useVisit()
  if (visit.diagnosis.verdict === 'unchecked') return <Unchecked visit={visit} />
  const [first] = visit.diagnosis.blockers
  // Live state has moved on since this address was chosen.
  if (!first || !place(visit).startsWith(paths.diagnosis)) return <Navigate to={place(visit)} replace />
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <Explained visit={visit} reason={first.reason} />
}

/** Never "all clear": we do not know. */
function Unchecked({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  return (
    <Frame
      visit={visit}
      headline={say('diagnosis.unchecked')}
      why={<Words id="diagnosis.uncheckedWhy" values={{ app: <bdi>{visit.app.name}</bdi> }} />}
      ways={[<BackToApp key="app" app={visit.app} />, <Contact key="contact" merchant={visit.merchant} kind="link" />]}
    >
      <LookAgain kind="primary" check={visit.check?.id} />
    </Frame>
  )
}

/** Who has to act decides what the one darkest button does. */
const passesByItself = ['rate_limited', 'upstream_billing', 'payment_processing'] as const satisfies readonly Reason[]

function Explained({ visit, reason }: { readonly visit: Visit; readonly reason: Reason }) {
  const { say } = useWords()
  const { app, merchant } = visit
  const waits = passesByItself.some((passing) => passing === reason) || merchant.supportUrl === undefined
  return (
    <Frame
      visit={visit}
      headline={say(`reason.${reason}`)}
      why={<Meaning reason={reason} visit={visit} />}
      ways={[
        <BackToApp key="app" app={app} />,
        ...(waits ? [<Contact key="contact" merchant={merchant} kind="link" />] : []),
      ]}
      next={
        waits ? undefined : (
          <Words id="diagnosis.next" values={{ app: <bdi>{app.name}</bdi>, merchant: <bdi>{merchant.name}</bdi> }} />
        )
      }
    >
      <div className="flex flex-col gap-3">
        {!waits && <Contact merchant={merchant} kind="button" />}
        <LookAgain kind={waits ? 'primary' : 'quiet'} check={visit.check?.id} />
      </div>
    </Frame>
  )
}

/** Some meanings name the app and some the merchant; the message takes what it needs. */
function Meaning({ reason, visit: { app, merchant } }: { readonly reason: Reason; readonly visit: Visit }) {
  const { say } = useWords()
  return <>{say(`means.${reason}`, { app: app.name, merchant: merchant.name })}</>
}

function Contact({ merchant, kind }: { readonly merchant: Visit['merchant']; readonly kind: 'button' | 'link' }) {
  if (merchant.supportUrl === undefined) return null
  return (
    <a href={merchant.supportUrl} className={kind === 'button' ? buttonLook('primary') : 'link target'}>
      <Words id="diagnosis.contact" values={{ merchant: merchant.name }} />
    </a>
  )
}
