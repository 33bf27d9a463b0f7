import type { Overview } from '#contract/overview.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router-dom'
import { overviewQuery } from '#portal/api/overview.ts'
import { AccountPage, Empty, Part } from '#portal/account-page.tsx'
import { useFormat } from '#portal/format.ts'
import { BackToApp } from '#portal/frame.tsx'
import { paths } from '#portal/paths.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { Attention } from './attention.tsx'
import { Invoices } from './invoices.tsx'
import { Methods } from './methods.tsx'
import { SignOut } from './sign-out.tsx'
import { byUrgency, nextIn, stateIn } from './standing.ts'

/** A letter, not a dashboard: how it stands, what happens next, what needs you. */
export function Component() {
  const { data: overview } = useSuspenseQuery(overviewQuery)
  const { say } = useWords()
  const format = useFormat()
  const { diagnosis, methods, openInvoices } = overview
  if (diagnosis.verdict === 'unchecked') return <Unchecked overview={overview} />
  const [plan, ...others] = overview.subscriptions.toSorted(byUrgency)
  return (
    <AccountPage
      place={overview}
      headline={plan ? stateIn(plan, say) : say('overview.none')}
      why={plan ? nextIn(plan, overview, say, format) : say('overview.noneWhy')}
    >
      {!diagnosis.live && <Notice kind="info" word={say('frame.asOf', { time: format.time(diagnosis.asOf) })} />}
      <>
        {diagnosis.blockers.length + diagnosis.warnings.length > 0 && (
          <Part title={<Words id="overview.attention" />}>
            <Attention overview={overview} />
          </Part>
        )}
        {others.length > 0 && (
          <Part title={<Words id="overview.plans" />}>
            <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
              {others.map((other) => (
                <li key={other.id} className="py-3">
                  <p className="font-medium">{stateIn(other, say)}</p>
                  <p className="text-small text-quiet">{nextIn(other, overview, say, format)}</p>
                </li>
              ))}
            </ul>
          </Part>
        )}
        {(overview.mayPay || methods.length > 0) && (
          <Part title={<Words id="overview.methods" />} beside={overview.mayPay && <ChangeCard />}>
            {methods.length > 0 ? (
              <Methods overview={overview} />
            ) : (
              <Empty>
                <Words id="overview.noMethods" />
              </Empty>
            )}
          </Part>
        )}
        <Part title={<Words id="overview.invoices" />}>
          {openInvoices.length > 0 ? (
            <Invoices overview={overview} />
          ) : (
            <Empty>
              <Words id="overview.noInvoices" />
            </Empty>
          )}
        </Part>
        <Leave overview={overview} />
      </>
    </AccountPage>
  )
}

function ChangeCard() {
  return (
    <Link to={paths.changeCard} className="link target">
      <Words id="overview.changeCard" />
    </Link>
  )
}

function Leave({ overview }: { readonly overview: Overview }) {
  return (
    <div className="flex flex-wrap gap-x-6">
      <BackToApp app={overview.app} />
      <SignOut overview={overview} />
    </div>
  )
}

/** Nothing is drawn that is not known. */
function Unchecked({ overview }: { readonly overview: Overview }) {
  const { say } = useWords()
  return (
    <AccountPage place={overview} headline={say('overview.unchecked')} why={say('overview.uncheckedWhy')}>
      <LookAgain />
      <Leave overview={overview} />
    </AccountPage>
  )
}

function LookAgain() {
  const look = useQuery(overviewQuery)
  return (
    <Button
      kind="quiet"
      onClick={() => void look.refetch()}
      busy={look.isFetching}
      busyText={<Words id="frame.checking" />}
    >
      <Words id="frame.checkAgain" />
    </Button>
  )
}
