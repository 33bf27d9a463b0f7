import type { Visit } from '#contract/visit.ts'
import { Button } from '#ui/button.tsx'
import { DrawnCheck } from '#ui/icon.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { visitQuery } from '#portal/api/visit.ts'
import { Corridor } from '#portal/corridor.tsx'
import { useFormat } from '#portal/format.ts'
import { AskUs } from '#portal/frame.tsx'
import { AmountDue } from '#portal/payments/amount-due.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { AskSender } from './dead-link.tsx'
import { ForAccount } from './for-account.tsx'

type Guest = NonNullable<Visit['guest']>
type ClosedProps = { readonly visit: Visit; readonly guest: Guest }

/** The link is over, or cannot be paid just now: which, what that means, and what to do. */
export function Closed({ visit, guest }: ClosedProps) {
  const { say } = useWords()
  const format = useFormat()
  const client = useQueryClient()
  const page = {
    about: { merchant: visit.merchant },
    sandbox: visit.stripe.sandbox,
    above: <ForAccount visit={visit} />,
    ways: [<AskUs key="us" merchant={visit.merchant} />],
  }
  if (visit.diagnosis.verdict === 'unchecked' && guest.state === 'open') {
    return (
      <Corridor {...page} headline={say('guest.unchecked')} why={<Words id="guest.uncheckedWhy" />}>
        <Button onClick={() => void client.invalidateQueries(visitQuery())}>
          <Words id="frame.checkAgain" />
        </Button>
      </Corridor>
    )
  }
  if (guest.state === 'paid') {
    const account = <bdi>{visit.account.label}</bdi>
    return (
      <Corridor
        {...page}
        above={<DrawnCheck />}
        headline={say('guest.paid', { amount: format.money(guest.debt.total) })}
        why={<Words id={guest.keepsCard ? 'guest.paidKeptWhy' : 'guest.paidWhy'} values={{ account }} />}
      >
        <div className="border-y border-hairline py-4">
          <AmountDue debt={guest.debt} now={visit.now} />
        </div>
      </Corridor>
    )
  }
  if (guest.state === 'settled' || guest.state === 'open') {
    return <Corridor {...page} headline={say('guest.settled')} why={<Words id="guest.settledWhy" />} />
  }
  return (
    <Corridor {...page} headline={say(`guest.${guest.state}`)} why={<AskSender kind={guest.state} by={guest.by} />} />
  )
}

/** No link and no session: nothing is known, and nothing is told. */
export function Stranger() {
  const { say } = useWords()
  return (
    <Corridor headline={say('guest.stranger')} why={<Words id="guest.strangerWhy" />}>
      <Button kind="quiet" onClick={() => window.location.reload()}>
        <Words id="frame.checkAgain" />
      </Button>
    </Corridor>
  )
}
