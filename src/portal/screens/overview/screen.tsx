import type { Overview } from '#contract/overview.ts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { overviewQuery } from '#portal/api/overview.ts'
import { AccountPage, Empty, Part } from '#portal/account-page.tsx'
import { BackupTold } from '#portal/backup-told.tsx'
import { BackToApp } from '#portal/frame.tsx'
import { paths } from '#portal/paths.ts'
import { Told } from '#portal/told.tsx'
import { UsageBar } from '#portal/usage/usage-bar.tsx'
import { Words, useWords, type Say } from '#portal/words/words.ts'
import { Attention, closes, troublesIn } from './attention.tsx'
import { AsOf, LookAgain, Silence } from './freshness.tsx'
import { Invoices, invoicesIn } from './invoices.tsx'
import { Methods } from './methods.tsx'
import { Lead, MainAct, Plans } from './plans.tsx'
import { SignOut } from './sign-out.tsx'
import { actOf, byUrgency, remedy, stateIn, type Plan } from './standing.ts'

/** A letter, not a dashboard: how it stands, what happens next, what needs you, and then the rest in short. */
export function Component() {
  const { data: overview, isError } = useSuspenseQuery(overviewQuery)
  const { say } = useWords()
  const [undone, setUndone] = useState(false)
  const onUndone = () => setUndone(true)
  if (overview.diagnosis.verdict === 'unchecked') return <Unchecked overview={overview} />
  const plans = overview.subscriptions.toSorted(byUrgency)
  const { first, others, headline, why, act } = openingOf(plans, overview, say)
  return (
    <AccountPage place={overview} headline={headline} why={why}>
      <Silence overview={overview} failed={isError} />
      {undone && <Told word={<Words id="planned.undone" />} />}
      <StoodIn overview={overview} />
      {act && <MainAct act={act} mayPay={overview.mayPay} onUndone={onUndone} />}
      <Needs overview={overview} isMain={act?.fix === undefined} />
      {others.length > 0 && (
        <Part title={<Words id={first ? 'overview.plans' : 'overview.allPlans'} />}>
          <Plans plans={others} overview={overview} onUndone={onUndone} />
        </Part>
      )}
      <Used overview={overview} />
      <Recent overview={overview} />
      <Paid overview={overview} />
      <Leave overview={overview}>
        <AsOf overview={overview} />
      </Leave>
    </AccountPage>
  )
}

/** What the letter begins with: what closes the whole account, else the plan that needs most. */
function openingOf(plans: readonly Plan[], overview: Overview, say: Say) {
  const { diagnosis, mayPay, merchant } = overview
  const closing = diagnosis.blockers.find(closes)
  if (closing) {
    const act = remedy(closing.fix, mayPay)
    return { first: undefined, others: plans, act, ...closedBy(closing, merchant.name, say) }
  }
  const [first, ...others] = plans
  return first
    ? {
        first,
        others,
        act: actOf(first, overview),
        headline: stateIn(first, say),
        why: <Lead plan={first} overview={overview} />,
      }
    : { first, others, act: undefined, headline: say('overview.none'), why: say('overview.noneWhy') }
}

function closedBy(blocker: Overview['diagnosis']['blockers'][number], merchant: string, say: Say) {
  if (blocker.reason === 'account_frozen') {
    const why = blocker.cause === 'dispute' ? 'frozen.dispute' : 'means.account_frozen'
    return { headline: say('reason.account_frozen'), why: say(why, { merchant }) }
  }
  return blocker.reason === 'unknown' && blocker.cause === 'customer_deleted'
    ? { headline: say('overview.gone'), why: say('overview.goneWhy', { merchant }) }
    : { headline: say('overview.none'), why: say('overview.noneWhy') }
}

/** The backup was charged. That it could not be is told as long as the invoice is open. */
function StoodIn({ overview: { backup, openInvoices, now, mayPay } }: { readonly overview: Overview }) {
  if (!backup || (backup.state === 'declined' && !openInvoices.some(({ id }) => id === backup.invoice))) return null
  return <BackupTold charge={backup} now={now} mayPay={mayPay} linked />
}

function Needs({ overview, isMain }: { readonly overview: Overview; readonly isMain: boolean }) {
  const troubles = troublesIn(overview)
  if (troubles.length === 0) return null
  return (
    <Part title={<Words id="overview.attention" />}>
      <Attention troubles={troubles} overview={overview} isMain={isMain} />
    </Part>
  )
}

function Used({ overview: { usage, now } }: { readonly overview: Overview }) {
  if (usage.length === 0) return null
  return (
    <Part title={<Words id="account.usage" />} beside={<More to={paths.usage} />}>
      <ul className="flex flex-col gap-6 border-y border-hairline py-4">
        {usage.map((meter) => (
          <li key={meter.id}>
            <UsageBar meter={meter} now={now} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Recent({ overview }: { readonly overview: Overview }) {
  const invoices = invoicesIn(overview)
  return (
    <Part title={<Words id="account.invoices" />} beside={<More to={paths.invoices} />}>
      {invoices.length > 0 ? (
        <Invoices invoices={invoices} now={overview.now} />
      ) : (
        <Empty>
          <Words id={overview.diagnosis.live ? 'overview.noInvoices' : 'overview.invoicesUnknown'} />
        </Empty>
      )}
    </Part>
  )
}

function Paid({ overview }: { readonly overview: Overview }) {
  const { mayPay, methods } = overview
  if (!mayPay && methods.length === 0) return null
  return (
    <Part title={<Words id="overview.methods" />} beside={mayPay && <More to={paths.methods} />}>
      {methods.length > 0 ? (
        <Methods overview={overview} />
      ) : (
        <Empty>
          <Words id="overview.noMethods" />
        </Empty>
      )}
    </Part>
  )
}

function More({ to }: { readonly to: string }) {
  return (
    <Link to={to} className="link target">
      <Words id="overview.more" />
    </Link>
  )
}

function Leave({ overview, children }: { readonly overview: Overview; readonly children?: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      {children}
      <div className="flex flex-wrap gap-x-6">
        <BackToApp app={overview.app} />
        <SignOut overview={overview} />
      </div>
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
