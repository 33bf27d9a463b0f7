import type { Visit } from '#contract/visit.ts'
import { isCardAtFault } from '#diagnosis/card-at-fault.ts'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { AskUs, Frame } from '#portal/frame.tsx'
import { useFormat, type Format } from '#portal/format.ts'
import { AskColleague } from '#portal/payments/ask-colleague.tsx'
import { debtIn, troubleFor } from '#portal/payments/debt.ts'
import { isMended, LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { PayForm } from '#portal/payments/pay-form.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { isUsable, NEW_CARD, type MethodChoice } from '#portal/payments/saved-methods.tsx'
import { UnfinishedCard } from '#portal/payments/unfinished-card.tsx'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { useState, type ReactNode } from 'react'
import { headlineOf, Why } from './why.tsx'

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <UpdateCard visit={visit} />
}

type Way =
  | { readonly kind: 'fields' }
  | { readonly kind: 'list'; readonly choice: MethodChoice }
  | { readonly kind: 'unfinished' }

function UpdateCard({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const format = useFormat()
  const payment = usePayment(visit, 'update-card', 'update-card')
  const [way, setWay] = useState(() => firstWay(visit, currencyOf(visit)))
  useReturnFromBank(visit.check?.id)

  if (isMended(visit, 'update-card', payment.situation)) return <LeaveWhenMended visit={visit} />
  const trouble = troubleFor(visit, 'update-card')
  const debt = trouble && debtIn(visit, trouble)
  const calm = payment.situation.kind !== 'busy' && payment.situation.kind !== 'unknown'
  const other = otherWay(visit, way, format)
  const continues = way.kind === 'unfinished' && visit.unfinished

  return (
    <Frame
      visit={visit}
      headline={say(headlineOf(trouble))}
      why={trouble && <Why visit={visit} trouble={trouble} debt={debt} />}
      ways={[
        calm && other && (
          <LinkButton key="card" onClick={() => setWay(other.way)}>
            {other.words}
          </LinkButton>
        ),
        <AskColleague key="ask" visit={visit} />,
        <AskUs key="us" merchant={visit.merchant} />,
      ].filter((shown) => shown !== false && shown !== undefined)}
      next={<Words id="frame.returnNext" values={{ app: visit.app.name }} />}
    >
      {continues ? (
        <UnfinishedCard visit={visit} unfinished={continues} payment={payment} debt={debt} />
      ) : (
        <PayForm
          key={way.kind === 'list' ? way.choice : way.kind}
          visit={visit}
          payment={payment}
          debt={debt}
          list={way.kind === 'list'}
          initial={way.kind === 'list' ? way.choice : NEW_CARD}
        />
      )}
    </Frame>
  )
}

/** Of what is to be paid here. */
function currencyOf(visit: Visit): string | undefined {
  const trouble = troubleFor(visit, 'update-card')
  return trouble && debtIn(visit, trouble)?.total.currency
}

/** Fields for a new card, unless the decline says that another one will not help. */
function firstWay(visit: Visit, currency: string | undefined): Way {
  if (visit.unfinished) return { kind: 'unfinished' }
  const declined = visit.diagnosis.blockers.find((blocker) => blocker.reason === 'card_declined')
  const same = visit.methods.find(({ id }) => id === declined?.method?.id)
  if (!declined || isCardAtFault(declined.decline) || !same || !isUsable(visit, same, currency))
    return { kind: 'fields' }
  return { kind: 'list', choice: same.id }
}

/** One other card at a time: a new one, the same one where that can work, a saved one where there is one. */
function otherWay(visit: Visit, way: Way, format: Format): { way: Way; words: ReactNode } | undefined {
  if (way.kind !== 'fields') return { way: { kind: 'fields' }, words: <Words id="way.new" /> }
  const usable = visit.methods.filter((method) => isUsable(visit, method, currencyOf(visit)))
  const first = usable[0]
  if (!first) return undefined
  const declined = visit.diagnosis.blockers.find((blocker) => blocker.reason === 'card_declined')
  const isTheSame = usable.length === 1 && first.id === declined?.method?.id
  return {
    way: { kind: 'list', choice: first.id },
    words: isTheSame ? <Words id="way.sameCard" values={{ card: format.face(first) }} /> : <Words id="way.saved" />,
  }
}
