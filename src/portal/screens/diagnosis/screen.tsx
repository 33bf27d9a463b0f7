import type { Visit } from '#contract/visit.ts'
import { Navigate } from 'react-router-dom'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { ContactCard } from '#portal/contact-card.tsx'
import { Contact, Explained } from '#portal/explained.tsx'
import { BackToApp, Frame } from '#portal/frame.tsx'
import { paths, place } from '#portal/paths.ts'
import { useVisit } from '#portal/visited.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { LookAgain } from '#portal/look-again.tsx'

/** What is known, where there is no screen that mends it: what it is, what it means, who acts. */
export function Component() {
  const visit = useVisit()
  if (visit.diagnosis.verdict === 'unchecked') return <Unchecked visit={visit} />
  const [first] = visit.diagnosis.blockers
  // Live state has moved on since this address was chosen.
  if (!first || !place(visit).startsWith(paths.diagnosis)) return <Navigate to={place(visit)} replace />
  if (first.reason === 'unknown') return <Unexplained visit={visit} cause={first.cause} />
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <Explained visit={visit} reason={first.reason} />
}

const unexplained = {
  no_plan: { headline: 'noPlan.headline', why: 'noPlan.why', finding: 'finding.no_plan' },
  unclear: { headline: 'reason.unknown', why: 'means.unknown', finding: 'finding.unclear' },
  customer_deleted: { headline: 'gone.headline', why: 'gone.why', finding: 'finding.customer_deleted' },
} as const satisfies Record<Cause, object>

type Cause = Extract<Visit['diagnosis']['blockers'][number], { reason: 'unknown' }>['cause']

/** Nothing here mends it, whoever asks: the merchant can, and is told all that is known. */
function Unexplained({ visit, cause }: { readonly visit: Visit; readonly cause: Cause }) {
  const { say } = useWords()
  const { app, merchant } = visit
  const { headline, why, finding } = unexplained[cause]
  return (
    <Frame
      visit={visit}
      headline={say(headline)}
      why={say(why, { app: app.name, merchant: merchant.name })}
      ways={[<BackToApp key="app" app={app} />]}
      next={<Words id="contact.next" values={{ merchant: merchant.name, app: <bdi>{app.name}</bdi> }} />}
      hasDetails={false}
    >
      <ContactCard visit={visit} finding={say(finding)} />
      <LookAgain kind="quiet" check={visit.check?.id} />
    </Frame>
  )
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
