import type { Visit } from '#contract/visit.ts'
import { ContactCard } from '#portal/contact-card.tsx'
import { BackToApp, Frame } from '#portal/frame.tsx'
import { useFormat, type Format } from '#portal/format.ts'
import { LookAgain } from '#portal/look-again.tsx'
import { place } from '#portal/paths.ts'
import { useVisit } from '#portal/visited.ts'
import { useWatch } from '#portal/watch.ts'
import { useWords, Words, type Say } from '#portal/words/words.ts'
import { Navigate } from 'react-router-dom'

/** Seconds between two looks while the merchant is at work. */
const PATIENCE = 30

/** Only the merchant can mend it: what it is, that paying does not help, and what to tell them. */
export function Component() {
  const visit = useVisit()
  const { say } = useWords()
  const format = useFormat()
  useWatch(visit.check?.id, () => PATIENCE)
  const [found] = visit.diagnosis.blockers
  if (found?.fix !== 'contact-support') return <Navigate to={place(visit)} replace />
  const { app, merchant } = visit
  const note = 'note' in found ? found.note : undefined
  return (
    <Frame
      visit={visit}
      headline={found.reason === 'unknown' ? say('gone.headline') : say(`reason.${found.reason}`)}
      why={whyOf(visit, found, say, format)}
      ways={[<BackToApp key="app" app={app} />]}
      next={<Words id="contact.next" values={{ merchant: merchant.name, app: <bdi>{app.name}</bdi> }} />}
      hasDetails={false}
    >
      {note !== undefined && (
        <figure className="flex flex-col gap-1 border-s-2 border-edge ps-4">
          <figcaption className="text-small text-quiet">
            <Words id="contact.wrote" values={{ merchant: <bdi>{merchant.name}</bdi> }} />
          </figcaption>
          <blockquote dir="auto" className="max-w-measure whitespace-pre-line">
            {note}
          </blockquote>
        </figure>
      )}
      <ContactCard visit={visit} finding={findingOf(visit, found, say)} />
      <LookAgain kind="quiet" check={visit.check?.id} />
    </Frame>
  )
}

type Found = Visit['diagnosis']['blockers'][number]

/** Of a contested payment nothing is told but that there was one: the rest is between the bank and the merchant. */
function whyOf({ app, merchant: { name: merchant }, now }: Visit, found: Found, say: Say, format: Format): string {
  if (found.reason === 'plan_lacks_feature') return say('contact.lacks', { merchant })
  if (found.reason === 'subscription_paused') return say('contact.paused', { merchant })
  if (found.reason !== 'account_frozen') return say('gone.why', { merchant })
  if (found.cause === 'dispute') return say('frozen.dispute', { merchant })
  if (found.cause === 'told') return say('frozen.told', { app: app.name, merchant })
  return found.since === undefined
    ? say('frozen.holdUndated', { merchant })
    : say('frozen.hold', { merchant, day: format.day(found.since, now) })
}

function findingOf({ app, merchant }: Visit, found: Found, say: Say): string {
  if (found.reason === 'unknown') return say('finding.customer_deleted')
  if (found.reason !== 'account_frozen') return say(`reason.${found.reason}`)
  if (found.cause === 'dispute') return say('finding.dispute')
  if (found.cause === 'told') return say('finding.told', { app: app.name })
  return say('finding.hold', { merchant: merchant.name })
}
