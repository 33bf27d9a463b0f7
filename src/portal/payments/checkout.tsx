import type { Visit } from '#contract/visit.ts'
import { AskUs, Frame } from '#portal/frame.tsx'
import { Words } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { Fragment, useState, type ReactNode } from 'react'
import { AskColleague } from './ask-colleague.tsx'
import { PayForm } from './pay-form.tsx'
import type { Sale } from './sale.ts'
import { firstChoice } from './saved-methods.tsx'
import { isCalm } from './situation.ts'
import { UnfinishedCard } from './unfinished-card.tsx'
import type { Payment } from './use-payment.ts'

type CheckoutProps = {
  readonly visit: Visit
  readonly payment: Payment
  /** What is bought; undefined until its price is known. */
  readonly sale: Sale | undefined
  /** Its price is being asked for: it cannot be bought at the one that is shown. */
  readonly pricing?: boolean
  readonly headline: string
  readonly why: ReactNode
  /** What there is to choose from. */
  readonly options?: ReactNode
  /** Stands below the button. */
  readonly after?: ReactNode
  /** Stands in place of all that is bought, where nothing can be. */
  readonly instead?: ReactNode
  /** Another way out, below the form. */
  readonly otherwise?: ReactNode
  readonly width?: 'corridor' | 'letter'
  /** The way back to the account's page, for who came from there: the app waits for nothing, then. */
  readonly home?: ReactNode
}

/** A purchase: what it costs and how often, which card, one button. */
export function Checkout({ visit, payment, sale, pricing = false, ...parts }: CheckoutProps) {
  const { options, after, instead, otherwise, home, ...page } = parts
  const [continues, setContinues] = useState(visit.unfinished !== undefined)
  const unfinished = continues && sale && !pricing ? visit.unfinished : undefined
  return (
    <Frame
      {...page}
      visit={visit}
      ways={[
        ...(unfinished && isCalm(payment.situation)
          ? [
              <LinkButton key="card" onClick={() => setContinues(false)}>
                <Words id="way.new" />
              </LinkButton>,
            ]
          : []),
        home === undefined ? <AskColleague key="ask" visit={visit} /> : <Fragment key="home">{home}</Fragment>,
        <AskUs key="us" merchant={visit.merchant} />,
      ]}
      {...(home === undefined && { next: <Words id="frame.returnNext" values={{ app: visit.app.name }} /> })}
    >
      {instead === undefined && options}
      {instead !== undefined ? (
        instead
      ) : unfinished ? (
        <UnfinishedCard visit={visit} unfinished={unfinished} payment={payment} debt={sale} />
      ) : (
        <PayForm
          visit={visit}
          payment={payment}
          debt={sale}
          pricing={pricing || sale === undefined}
          list={visit.methods.length > 0}
          initial={firstChoice(visit, sale?.total.currency)}
          after={after}
        />
      )}
      {otherwise}
    </Frame>
  )
}
