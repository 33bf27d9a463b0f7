import type { Visit } from '#contract/visit.ts'
import { Icon } from '#ui/icon.tsx'
import { useEffect, useRef, type ReactNode } from 'react'
import { useLocation } from 'react-router-dom'
import { Words, useWords } from './words/words.ts'

type About = Partial<Pick<Visit, 'merchant' | 'account' | 'app'>>

type CorridorProps = {
  /** Who and where; left out where the link told us nothing. */
  readonly about?: About
  readonly sandbox?: boolean
  /** One line: what is wrong, in the person's words. */
  readonly headline: string
  readonly why?: ReactNode
  /** Stands between the account's name and the headline: the steps. */
  readonly above?: ReactNode
  /** The fix. */
  readonly children?: ReactNode
  /** At most three quiet links. */
  readonly ways?: readonly ReactNode[]
  readonly next?: ReactNode
  /** Below everything: what support asks for. */
  readonly below?: ReactNode
  /** `letter` for account pages, which are read rather than walked through. */
  readonly width?: 'corridor' | 'letter'
}

const widths = { corridor: 'max-w-corridor sm:px-0', letter: 'max-w-letter lg:px-0' } as const

/** A corridor with one door: the anatomy every screen shares. */
export function Corridor({ about, sandbox = false, width = 'corridor', ...page }: CorridorProps) {
  const { say } = useWords()
  const merchant = about?.merchant
  return (
    <div className={`mx-auto flex min-h-dvh w-full flex-col px-4 ${widths[width]}`}>
      <title>
        {merchant ? say('frame.title', { headline: page.headline, merchant: merchant.name }) : page.headline}
      </title>
      <header className="text-small text-quiet">
        <div className="flex min-h-16 items-center justify-between gap-4">
          {merchant && <Mark name={merchant.name} />}
          {merchant?.supportUrl !== undefined && (
            <a href={merchant.supportUrl} className="target rounded-control underline-offset-3 hover:underline">
              <Words id="frame.help" />
            </a>
          )}
        </div>
        {sandbox && <Sandbox />}
      </header>
      <main className="flex flex-1 flex-col gap-6 pt-4 pb-12 sm:pt-12">
        <div className="flex flex-col gap-3">
          {about && <Whereabouts about={about} />}
          {page.above}
          <Headline>{page.headline}</Headline>
          {page.why !== undefined && <div className="max-w-measure text-lead text-quiet">{page.why}</div>}
        </div>
        {page.children}
        <div className="flex flex-col gap-2 empty:hidden">
          {page.ways && page.ways.length > 0 && <Ways ways={page.ways} />}
          {page.next !== undefined && <p className="text-small text-quiet">{page.next}</p>}
          {page.below}
        </div>
      </main>
      <Footer />
    </div>
  )
}

export function Sandbox() {
  return (
    <p className="flex items-center justify-center gap-2 rounded-control bg-warning-soft px-3 py-1 font-medium text-warning">
      <Icon name="info" />
      <Words id="frame.sandbox" />
    </p>
  )
}

export function Footer() {
  return (
    <footer className="border-t border-hairline py-6 text-small text-quiet">
      <Words id="frame.foot" />
    </footer>
  )
}

/** The merchant's letter and name, quietly. */
export function Mark({ name }: { readonly name: string }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span
        aria-hidden="true"
        className="grid size-6 shrink-0 place-items-center rounded-control bg-accent text-small font-semibold text-on-accent"
      >
        {/[\p{L}\p{N}]/u.exec(name)?.[0].toLocaleUpperCase()}
      </span>
      <bdi className="min-w-0 font-medium text-ink">{name}</bdi>
    </span>
  )
}

/** "Acme GmbH · from Maps API" */
export function Whereabouts({ about }: { readonly about: About }) {
  if (!about.account || !about.app) return null
  return (
    <p className="text-small text-quiet">
      <Words
        id="frame.fromApp"
        values={{ account: <bdi>{about.account.label}</bdi>, app: <bdi>{about.app.name}</bdi> }}
        components={{ b: <span className="font-semibold text-ink" /> }}
      />
    </p>
  )
}

/** Takes the focus when a person has moved here from another screen, so that it is read out; not on the first page. */
export function Headline({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { key, pathname } = useLocation()
  useEffect(() => {
    if (key !== 'default') heading.current?.focus()
  }, [key, pathname])
  return (
    <h1 ref={heading} tabIndex={-1} className="text-display font-semibold tracking-tight">
      {children}
    </h1>
  )
}

function Ways({ ways }: { readonly ways: readonly ReactNode[] }) {
  const { say } = useWords()
  return (
    <nav aria-label={say('frame.otherWays')}>
      <ul className="flex flex-wrap gap-x-6">
        {ways.map((way, index) => (
          // A screen's ways are a fixed list in a fixed order.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>{way}</li>
        ))}
      </ul>
    </nav>
  )
}
