import type { Visit } from '#contract/visit.ts'
import { AskUs, Frame } from '#portal/frame.tsx'
import { Words } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { useState, type ReactNode } from 'react'
import { AskColleague } from './ask-colleague.tsx'
import type { Offer } from './debt.ts'
import { PayForm } from './pay-form.tsx'
import { firstChoice } from './saved-methods.tsx'
import { UnfinishedCard } from './unfinished-card.tsx'
import type { Payment } from './use-payment.ts'

type GoOnProps = {
  readonly visit: Visit
  readonly payment: Payment
  readonly offer: Offer
  readonly headline: string
  readonly why: ReactNode
}

/** A plan goes on: what it costs and how often, which card, one button. */
export function GoOn({ visit, payment, offer, headline, why }: GoOnProps) {
  const [continues, setContinues] = useState(visit.unfinished !== undefined)
  const calm = payment.situation.kind !== 'busy' && payment.situation.kind !== 'unknown'
  const unfinished = continues ? visit.unfinished : undefined
  return (
    <Frame
      visit={visit}
      headline={headline}
      why={why}
      ways={[
        ...(unfinished && calm
          ? [
              <LinkButton key="card" onClick={() => setContinues(false)}>
                <Words id="way.new" />
              </LinkButton>,
            ]
          : []),
        <AskColleague key="ask" visit={visit} />,
        <AskUs key="us" merchant={visit.merchant} />,
      ]}
      next={<Words id="frame.returnNext" values={{ app: visit.app.name }} />}
    >
      {unfinished ? (
        <UnfinishedCard visit={visit} unfinished={unfinished} payment={payment} debt={offer} />
      ) : (
        <PayForm
          visit={visit}
          payment={payment}
          debt={offer}
          list={visit.methods.length > 0}
          initial={firstChoice(visit)}
        />
      )}
    </Frame>
  )
}
