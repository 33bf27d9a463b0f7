import type { Visit } from '#contract/visit.ts'
import { needsPayer } from '#diagnosis/screen.ts'
import { Card } from '#ui/card.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { LinkButton } from '#ui/button.tsx'
import { useState } from 'react'
import { AskForm } from './ask-form.tsx'
import { AskedCard } from './asked-card.tsx'
import { useFormat } from './format.ts'
import { AskUs, BackToApp, Frame } from './frame.tsx'
import { paths, withCheck } from './paths.ts'
import { AmountDue } from './payments/amount-due.tsx'
import { debtIn } from './payments/debt.ts'
import { nameOf } from './person.ts'
import { Words, useWords } from './words/words.ts'

/** For those who may not pay: why, who can, and a letter to them. Amounts only where the merchant shows them. */
export function AskAdmin({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const [again, setAgain] = useState(false)
  const { account, app, merchant, payers, ask, diagnosis } = visit
  const [blocker] = diagnosis.blockers
  const debt = debtIn(visit)
  const waits = ask !== undefined && ask.state !== 'failed' && !again
  const reachable = payers.some((payer) => payer.reachable)
  return (
    <Frame
      visit={visit}
      headline={asHeadline(causeOf(visit, say))}
      why={
        <Words
          id={blocker ? 'ask.why' : 'ask.whyWarned'}
          values={{ app: <bdi>{app.name}</bdi>, account: <bdi>{account.label}</bdi> }}
        />
      }
      ways={[
        ...(waits
          ? [
              <LinkButton key="other" onClick={() => setAgain(true)}>
                <Words id="ask.other" />
              </LinkButton>,
            ]
          : []),
        <BackToApp key="app" app={app} />,
        <AskUs key="ask" merchant={merchant} />,
      ]}
      {...(blocker && { next: <Words id="ask.next" values={{ app: app.name }} /> })}
    >
      <Card>
        {debt && <AmountDue debt={debt} now={visit.now} />}
        {waits && <AskedCard ask={ask} />}
        {!waits && reachable && <AskForm visit={visit} onAsked={() => setAgain(false)} />}
        {!waits && !reachable && <Named visit={visit} />}
        <CopyMessage visit={visit} kind={reachable ? 'quiet' : 'primary'} />
      </Card>
    </Frame>
  )
}

/** Who can, where no letter goes out from here. */
function Named({ visit: { payers, account } }: { readonly visit: Visit }) {
  const { say } = useWords()
  const format = useFormat()
  const names = payers.map((payer) => nameOf(payer, say))
  return (
    <p className="text-lead">
      {names.length > 0 ? (
        <Words id="ask.named" values={{ names: <b className="font-semibold">{format.list(names)}</b> }} />
      ) : (
        <Words id="ask.nobodyNamed" values={{ account: <bdi>{account.label}</bdi> }} />
      )}
    </p>
  )
}

/** The way that needs nothing of us: words and link, to be sent as one likes. */
function CopyMessage({ visit, kind }: { readonly visit: Visit; readonly kind: 'primary' | 'quiet' }) {
  const { say } = useWords()
  const { account, app, check, diagnosis } = visit
  const link = `${globalThis.location?.origin ?? ''}${withCheck(paths.enter, check?.id)}`
  const text = say(diagnosis.blockers.length > 0 ? 'ask.message' : 'ask.messageWarned', {
    app: app.name,
    account: account.label,
    cause: causeOf(visit, say),
    link,
  })
  return (
    <CopyButton kind={kind} text={text} copied={<Words id="ask.copied" />} refused={<Words id="ask.refused" />}>
      <Words id={kind === 'quiet' ? 'ask.copyInstead' : 'ask.copy'} />
    </CopyButton>
  )
}

function causeOf({ diagnosis: { blockers, warnings } }: Visit, say: ReturnType<typeof useWords>['say']): string {
  return say(`cause.${(blockers[0] ?? warnings[0])?.reason ?? 'unknown'}`)
}

/** "the card on file has expired" → "The card on file has expired" */
export function asHeadline(cause: string): string {
  return cause.charAt(0).toLocaleUpperCase() + cause.slice(1)
}

/** Whether this person can only ask: what blocks, or will block, needs a payer and they are none. */
export function mustAsk({ mayPay, diagnosis }: Visit): boolean {
  return !mayPay && needsPayer(diagnosis)
}
