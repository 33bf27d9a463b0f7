import type { Holdings } from '#contract/holding.ts'
import { AccountPage, Empty } from '#portal/account-page.tsx'
import { planQuery } from '#portal/api/plan.ts'
import { useFormat } from '#portal/format.ts'
import { doneWord } from '#portal/just-done.tsx'
import { doneIn, paths } from '#portal/paths.ts'
import { Told } from '#portal/told.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { Button, buttonLook, type ButtonKind } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'react-router-dom'
import { HeldPlan } from './held-plan.tsx'
import { byUrgency } from './standing.ts'

/** What was bought, what it contains, and everything that can be done with it. */
export function Component() {
  const { data: page } = useSuspenseQuery(planQuery)
  const { say } = useWords()
  if (page.source === 'none') return <Unchecked page={page} />
  return page.holdings.length === 0 ? (
    <AccountPage place={page} headline={say('held.none')} why={<ReadOnly page={page} />}>
      <Empty>
        <Words id="held.noneWhy" />
      </Empty>
      {page.mayBegin && <Begin kind="primary" />}
    </AccountPage>
  ) : (
    <Plans page={page} />
  )
}

function Plans({ page }: { readonly page: Holdings }) {
  const { say } = useWords()
  const format = useFormat()
  const before = doneWord(doneIn(useLocation().state), say, format)
  const [done, setDone] = useState(before)
  // The same once more is nearer than another one.
  const renews = page.holdings.some(({ acts }) => acts.includes('renew'))
  return (
    <AccountPage
      place={page}
      headline={say('held.title', { count: page.holdings.length })}
      why={<ReadOnly page={page} />}
    >
      {(done !== undefined || page.source === 'mirror') && (
        <div className="flex flex-col gap-3">
          {done !== undefined && <Told key={done} word={done} />}
          {page.source === 'mirror' && (
            <Notice kind="info" word={say('frame.asOf', { time: format.time(page.asOf) })} />
          )}
        </div>
      )}
      {page.mayBegin && !renews && <Begin kind="primary" />}
      {page.holdings.toSorted(byUrgency).map((holding) => (
        <HeldPlan key={holding.id} page={page} holding={holding} onDone={setDone} />
      ))}
      {page.mayBegin && renews && <Begin kind="quiet" />}
    </AccountPage>
  )
}

/** Who may only read sees who may do more. */
function ReadOnly({ page: { mayPay, payers } }: { readonly page: Holdings }) {
  const format = useFormat()
  if (mayPay) return null
  return payers.length === 0 ? (
    <Words id="held.readOnlyNobody" />
  ) : (
    <Words id="held.readOnly" values={{ names: <bdi>{format.list(payers)}</bdi> }} />
  )
}

function Begin({ kind }: { readonly kind: ButtonKind }) {
  return (
    <div>
      <Link to={paths.changePlan} className={buttonLook(kind, false)}>
        <Words id="held.begin" />
      </Link>
    </div>
  )
}

/** Nothing is drawn that is not known. */
function Unchecked({ page }: { readonly page: Holdings }) {
  const { say } = useWords()
  const look = useQuery(planQuery)
  return (
    <AccountPage place={page} headline={say('held.unchecked')} why={say('held.uncheckedWhy')}>
      <Button
        kind="quiet"
        onClick={() => void look.refetch()}
        busy={look.isFetching}
        busyText={<Words id="frame.checking" />}
      >
        <Words id="frame.checkAgain" />
      </Button>
    </AccountPage>
  )
}
