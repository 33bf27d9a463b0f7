import type { Visit } from '#contract/visit.ts'
import type { Reason } from '#diagnosis/reason.ts'
import { buttonLook } from '#ui/button.tsx'
import { BackToApp, Frame } from './frame.tsx'
import { LookAgain } from './look-again.tsx'
import { Words, useWords } from './words/words.ts'

/** Who has to act decides what the one darkest button does. */
const passesByItself = ['rate_limited', 'upstream_billing', 'payment_processing'] as const satisfies readonly Reason[]

export function Explained({ visit, reason }: { readonly visit: Visit; readonly reason: Reason }) {
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

export function Contact({
  merchant,
  kind,
}: {
  readonly merchant: Visit['merchant']
  readonly kind: 'button' | 'link'
}) {
  if (merchant.supportUrl === undefined) return null
  return (
    <a href={merchant.supportUrl} className={kind === 'button' ? buttonLook('primary') : 'link target'}>
      <Words id="diagnosis.contact" values={{ merchant: merchant.name }} />
    </a>
  )
}
