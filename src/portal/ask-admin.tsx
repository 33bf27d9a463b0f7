import type { Visit } from '#contract/visit.ts'
import { Card } from '#ui/card.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { useFormat } from './format.ts'
import { AskUs, BackToApp, Frame } from './frame.tsx'
import { paths, withCheck } from './paths.ts'
import { Words, useWords } from './words/words.ts'

/** For those who may not pay: why, who can, and a message for them. Amounts are the payers' business. */
export function AskAdmin({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const format = useFormat()
  const { account, app, merchant, payers, check, diagnosis } = visit
  const [blocker] = diagnosis.blockers
  const cause = say(`cause.${(blocker ?? diagnosis.warnings[0])?.reason ?? 'unknown'}`)
  const link = `${globalThis.location?.origin ?? ''}${withCheck(paths.enter, check?.id)}`
  return (
    <Frame
      visit={visit}
      headline={asHeadline(cause)}
      why={
        <Words
          id={blocker ? 'ask.why' : 'ask.whyWarned'}
          values={{ app: <bdi>{app.name}</bdi>, account: <bdi>{account.label}</bdi> }}
        />
      }
      ways={[<BackToApp key="app" app={app} />, <AskUs key="ask" merchant={merchant} />]}
      {...(blocker && { next: <Words id="ask.next" values={{ app: app.name }} /> })}
    >
      <Card>
        <p className="text-lead">
          {payers.length > 0 ? (
            <Words id="ask.named" values={{ names: <b className="font-semibold">{format.list(payers)}</b> }} />
          ) : (
            <Words id="ask.nobodyNamed" values={{ account: <bdi>{account.label}</bdi> }} />
          )}
        </p>
        <CopyButton
          text={say(blocker ? 'ask.message' : 'ask.messageWarned', {
            app: app.name,
            account: account.label,
            cause,
            link,
          })}
          copied={<Words id="ask.copied" />}
          refused={<Words id="ask.refused" />}
        >
          <Words id="ask.copy" />
        </CopyButton>
      </Card>
    </Frame>
  )
}

/** "the card on file has expired" → "The card on file has expired" */
export function asHeadline(cause: string): string {
  return cause.charAt(0).toLocaleUpperCase() + cause.slice(1)
}

/** Whether this person can only ask: what blocks, or will block, needs a payer and they are none. */
export function mustAsk({ mayPay, diagnosis: { blockers, warnings } }: Visit): boolean {
  if (mayPay) return false
  const [first] = blockers
  return first ? first.who === 'payer' || first.who === 'billing_admin' : warnings.length > 0
}
