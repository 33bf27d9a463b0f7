import type { Place } from '#contract/place.ts'
import { Icon, type IconName } from '#ui/icon.tsx'
import type { ReactNode } from 'react'
import { NavLink, useLocation } from 'react-router-dom'
import { Footer, Headline, Mark, Sandbox, Whereabouts } from './corridor.tsx'
import { paths } from './paths.ts'
import type { accountWords } from './words/en/account.ts'
import { Words, useWords } from './words/words.ts'

type AccountPageProps = {
  readonly place: Place
  /** One line: how it stands, or what this page is. */
  readonly headline: string
  readonly why?: ReactNode
  readonly children?: ReactNode
  /** `wide` for tables. */
  readonly width?: 'letter' | 'wide'
}

/** A calm page of the account: five places to go to, one column to read. */
export function AccountPage({ place, headline, why, children, width = 'letter' }: AccountPageProps) {
  const { say } = useWords()
  const { merchant } = place
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-account flex-col px-4 pb-20 lg:px-8 lg:pb-0">
      <title>{say('frame.title', { headline, merchant: merchant.name })}</title>
      <header className="text-small text-quiet">
        <div className="flex min-h-16 items-center justify-between gap-4">
          <Mark name={merchant.name} />
          {merchant.supportUrl !== undefined && (
            <a href={merchant.supportUrl} className="target rounded-control underline-offset-3 hover:underline">
              <Words id="frame.help" />
            </a>
          )}
        </div>
        {place.sandbox && <Sandbox />}
      </header>
      <div className="flex flex-1 gap-12">
        <Places />
        <main className="flex min-w-0 flex-1 flex-col gap-6 pt-4 pb-12 sm:pt-12">
          <div className="flex flex-col gap-3">
            <Whereabouts about={place} />
            <Near />
            <Headline>{headline}</Headline>
            {why !== undefined && <div className="max-w-measure text-lead text-quiet">{why}</div>}
          </div>
          <div className={width === 'letter' ? 'flex max-w-letter flex-col gap-12 pt-2' : 'flex flex-col gap-12 pt-2'}>
            {children}
          </div>
        </main>
      </div>
      <Footer />
    </div>
  )
}

type PlaceWord = keyof typeof accountWords

type Spot = {
  readonly path: string
  readonly icon: IconName
  readonly word: PlaceWord
  /** Where there is little room. */
  readonly short: PlaceWord
  /** Pages that lie behind it, itself first. */
  readonly near?: readonly { readonly path: string; readonly word: PlaceWord }[]
}

const spots: readonly Spot[] = [
  { path: paths.overview, icon: 'home', word: 'account.overview', short: 'account.overview' },
  { path: paths.usage, icon: 'bars', word: 'account.usage', short: 'account.usage' },
  { path: paths.methods, icon: 'card', word: 'account.methods', short: 'account.methodsShort' },
  { path: paths.invoices, icon: 'invoice', word: 'account.invoices', short: 'account.invoices' },
  {
    path: paths.plan,
    icon: 'plan',
    word: 'account.plan',
    short: 'account.planShort',
    near: [
      { path: paths.plan, word: 'account.planShort' },
      { path: paths.details, word: 'account.details' },
      { path: paths.people, word: 'account.people' },
      { path: paths.privacy, word: 'account.privacy' },
    ],
  },
]

function isAt({ path, near }: Spot, pathname: string): boolean {
  return [path, ...(near ?? []).map((one) => one.path)].some(
    (one) => pathname === one || pathname.startsWith(`${one}/`),
  )
}

/** A rail where there is room for one, a bar at the thumb elsewhere. */
function Places() {
  const { say } = useWords()
  const { pathname } = useLocation()
  return (
    <nav
      aria-label={say('account.places')}
      className="fixed inset-x-0 bottom-0 z-10 border-t border-hairline bg-surface pb-[env(safe-area-inset-bottom)] lg:static lg:w-52 lg:shrink-0 lg:border-0 lg:bg-transparent lg:pt-11 lg:pb-0"
    >
      <ul className="flex lg:flex-col lg:gap-1">
        {spots.map((spot) => {
          const here = isAt(spot, pathname)
          return (
            <li key={spot.path} className="min-w-0 flex-1 lg:flex-none">
              <NavLink
                to={spot.path}
                aria-current={here ? 'page' : undefined}
                className={`flex min-h-14 flex-col items-center justify-center gap-0.5 rounded-control text-small lg:min-h-11 lg:flex-row lg:justify-start lg:gap-3 lg:px-3 lg:text-body ${
                  here ? 'font-semibold text-accent lg:bg-sunken lg:text-ink' : 'text-quiet hover:text-ink'
                }`}
              >
                <Icon name={spot.icon} />
                <span className="lg:hidden">
                  <Words id={spot.short} />
                </span>
                <span className="max-lg:hidden">
                  <Words id={spot.word} />
                </span>
              </NavLink>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** The pages that share this place. */
function Near() {
  const { say } = useWords()
  const { pathname } = useLocation()
  const near = spots.find((spot) => isAt(spot, pathname))?.near
  if (!near) return null
  return (
    <nav aria-label={say('account.near')}>
      <ul className="flex flex-wrap gap-x-6">
        {near.map(({ path, word }) => (
          <li key={path}>
            <NavLink
              to={path}
              className={({ isActive }) =>
                `target text-small underline-offset-6 ${isActive ? 'font-semibold text-ink underline decoration-2' : 'text-quiet hover:text-ink hover:underline'}`
              }
            >
              <Words id={word} />
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

type PartProps = { readonly title: ReactNode; readonly beside?: ReactNode; readonly children: ReactNode }

/** A part of an account page, with what can be done about it beside its title. */
export function Part({ title, beside, children }: PartProps) {
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-lead font-semibold">{title}</h2>
        {beside}
      </div>
      {children}
    </section>
  )
}

/** What will stand here, and when. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="border-y border-hairline py-3 text-quiet">{children}</p>
}
