import type { Funnel, Insight } from '#contract/desk-insight.ts'
import { reasonFacts } from '#diagnosis/reason.ts'
import { insightQuery, spans, wantedIn, type Wanted } from '#support/api/insight.ts'
import { format } from '#support/format.ts'
import { useSession } from '#support/frame.tsx'
import { declineWords, insightWords, leftWords } from '#support/words/insight.ts'
import { Bar } from '#ui/bar.tsx'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { NavLink, useLocation } from 'react-router-dom'
import { Table } from './table.tsx'

/** How refusals end, of all accounts together. */
export function Component() {
  const wanted = wantedIn(useLocation().search)
  const { data, error, isPlaceholderData } = useQuery(insightQuery(wanted))
  if (error && !data) throw error
  return (
    <div className="flex w-full max-w-account flex-col gap-8">
      <title>{insightWords.title}</title>
      <div className="flex flex-col gap-2">
        <h1 className="text-title font-semibold">{insightWords.title}</h1>
        <p className="max-w-measure text-quiet">{insightWords.why}</p>
      </div>
      <Filters wanted={wanted} />
      <div className={isPlaceholderData ? 'opacity-60' : ''} aria-busy={isPlaceholderData || !data}>
        {data && <Figures insight={data} />}
      </div>
    </div>
  )
}

function Filters({ wanted }: { readonly wanted: Wanted }) {
  const { apps } = useSession()
  const address = ({ days, app }: Wanted) => `?${new URLSearchParams({ days, ...(app !== undefined && { app }) })}`
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-2">
      <Toggles label={insightWords.span}>
        {spans.map((days) => (
          <Toggle key={days} to={address({ ...wanted, days })} isOn={days === wanted.days}>
            {insightWords.days(days)}
          </Toggle>
        ))}
      </Toggles>
      {apps.length > 1 && (
        <Toggles label={insightWords.app}>
          <Toggle to={address({ ...wanted, app: undefined })} isOn={wanted.app === undefined}>
            {insightWords.allApps}
          </Toggle>
          {apps.map(({ id, name }) => (
            <Toggle key={id} to={address({ ...wanted, app: id })} isOn={id === wanted.app}>
              {name}
            </Toggle>
          ))}
        </Toggles>
      )}
    </div>
  )
}

function Toggles({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-baseline gap-x-4 text-small">
      <span className="text-quiet">{label}</span>
      {children}
    </nav>
  )
}

function Toggle({ to, isOn, children }: { readonly to: string; readonly isOn: boolean; readonly children: ReactNode }) {
  return (
    <NavLink
      to={to}
      replace
      aria-current={isOn ? 'true' : undefined}
      className={`target rounded-control ${isOn ? 'font-semibold text-ink underline decoration-2 underline-offset-6' : 'text-quiet hover:text-ink'}`}
    >
      {children}
    </NavLink>
  )
}

function Figures({ insight }: { readonly insight: Insight }) {
  const { total, byReason, byApp, left, declines } = insight
  if (total.stops === 0) return <p className="border-y border-hairline py-3 text-quiet">{insightWords.none}</p>
  return (
    <div className="flex flex-col gap-10">
      <Steps total={total} />
      <Money insight={insight} />
      <Table
        title={insightWords.byReason}
        heads={[insightWords.reason, ...stepHeads, insightWords.median]}
        rows={byReason.map(({ reason, ...funnel }) => [
          reasonFacts[reason].title,
          ...stepCells(funnel),
          medianOf(funnel),
        ])}
      />
      {left.length > 0 && (
        <Table
          title={insightWords.left}
          why={insightWords.leftWhy}
          heads={[insightWords.at, insightWords.reason, insightWords.stops]}
          rows={left.map(({ at, reason, stops }) => [leftWords[at], reasonFacts[reason].title, format.number(stops)])}
        />
      )}
      {declines.length > 0 && (
        <Table
          title={insightWords.declines}
          heads={[insightWords.decline, insightWords.tries, insightWords.stops, insightWords.mended]}
          rows={declines.map(({ decline, tries, stops, fixed }) => [
            declineWords[decline],
            ...[tries, stops, fixed].map((count) => format.number(count)),
          ])}
        />
      )}
      {byApp.length > 1 && (
        <Table
          title={insightWords.byApp}
          heads={[insightWords.app, ...stepHeads, insightWords.median]}
          rows={byApp.map((one) => [one.name, ...stepCells(one), medianOf(one)])}
        />
      )}
    </div>
  )
}

const steps = ['stops', 'opened', 'tried', 'fixed'] as const
const stepHeads = insightWords.heads

function stepCells(funnel: Funnel): readonly string[] {
  return steps.map((step) => format.number(funnel[step]))
}

function medianOf({ seconds }: Pick<Funnel, 'seconds'>): string {
  return seconds ? format.span(seconds.median) : '–'
}

/** From being stopped to being served, each step a part of the first. */
function Steps({ total }: { readonly total: Funnel }) {
  const { stops, byItself, returned, seconds } = total
  return (
    <section className="flex flex-col gap-4">
      <dl className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {steps.map((step) => (
          <div key={step} className="flex flex-col gap-1">
            <dt className="text-small text-quiet">{insightWords.steps[step]}</dt>
            <dd className="flex flex-col gap-2">
              <span className="text-display font-semibold tabular-nums">{format.number(total[step])}</span>
              <Bar part={total[step] / stops} />
              <span className="text-small text-quiet">{insightWords.share(format.percent(total[step] / stops))}</span>
            </dd>
          </div>
        ))}
      </dl>
      <ul className="flex flex-col gap-1 text-small text-quiet">
        {seconds && <li>{insightWords.speed(format.span(seconds.median), format.span(seconds.ninth))}</li>}
        {returned > 0 && <li>{insightWords.returned(format.number(returned))}</li>}
        {byItself > 0 && <li>{insightWords.byItself(format.number(byItself))}</li>}
      </ul>
    </section>
  )
}

function Money({ insight: { recovered, unsummed, bought } }: { readonly insight: Insight }) {
  const parts = [
    [
      insightWords.recovered,
      [insightWords.recoveredWhy, unsummed > 0 && insightWords.unsummed(unsummed, format.number(unsummed))],
      recovered,
    ],
    [insightWords.bought, [insightWords.boughtWhy], bought],
  ] as const
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      {parts.map(([title, why, sums]) => (
        <section key={title} className="flex flex-col gap-1 border-t border-hairline pt-3">
          <h2 className="text-lead font-semibold">{title}</h2>
          {sums.length === 0 ? (
            <p className="text-quiet">{insightWords.nothing}</p>
          ) : (
            <p className="flex flex-wrap gap-x-4 text-title font-semibold tabular-nums">
              {sums.map((sum) => (
                <span key={sum.currency}>{format.money(sum)}</span>
              ))}
            </p>
          )}
          <p className="text-small text-quiet">{why.filter((part) => part !== false).join(' ')}</p>
        </section>
      ))}
    </div>
  )
}
