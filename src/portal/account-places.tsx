import { Icon, type IconName } from '#ui/icon.tsx'
import { NavLink, useLocation, useNavigation } from 'react-router-dom'
import { paths } from './paths.ts'
import type { accountWords } from './words/en/account.ts'
import { Words, useWords } from './words/words.ts'

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

/** Whether an address is one of the account's pages. */
export function isAccountPath(pathname: string): boolean {
  return spots.some((spot) => isAt(spot, pathname))
}

function isAt({ path, near }: Spot, pathname: string): boolean {
  return [path, ...(near ?? []).map((one) => one.path)].some(
    (one) => pathname === one || pathname.startsWith(`${one}/`),
  )
}

/** A rail where there is room for one, a bar at the thumb elsewhere; where the page itself has little height, neither. */
export function Places() {
  const { say } = useWords()
  const { pathname } = useLocation()
  const { location: next } = useNavigation()
  return (
    <nav
      aria-label={say('account.places')}
      data-bar="bottom"
      className="border-hairline max-lg:border-b bar:fixed bar:inset-x-0 bar:bottom-0 bar:z-10 bar:border-t bar:border-b-0 bar:bg-surface bar:pr-[env(safe-area-inset-right)] bar:pb-[env(safe-area-inset-bottom)] bar:pl-[env(safe-area-inset-left)] lg:sticky lg:top-0 lg:w-52 lg:shrink-0 lg:self-start lg:pt-11"
    >
      <ul className="flex lg:flex-col lg:gap-1">
        {spots.map((spot) => {
          // Where somebody is going is marked at once; what is read out is where they are.
          const marked = isAt(spot, next?.pathname ?? pathname)
          return (
            <li key={spot.path} className="flex-auto lg:flex-none">
              <NavLink
                to={spot.path}
                aria-current={isAt(spot, pathname) ? 'page' : undefined}
                className={`flex min-h-14 flex-col items-center justify-center gap-0.5 rounded-control px-0.5 text-center break-normal text-small lg:min-h-11 lg:flex-row lg:justify-start lg:gap-2.5 lg:px-2.5 lg:text-start lg:text-body ${
                  marked ? 'font-semibold text-accent lg:bg-sunken lg:text-ink' : 'text-quiet hover:text-ink'
                }`}
              >
                <Icon name={spot.icon} />
                <span className="lg:hidden">
                  <Words id={spot.short} />
                </span>
                <span className="whitespace-nowrap max-lg:hidden">
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
export function Near() {
  const { say } = useWords()
  const { pathname } = useLocation()
  const near = spots.find((spot) => isAt(spot, pathname))?.near
  if (!near) return null
  return (
    <nav aria-label={say('account.near')}>
      <ul className="flex flex-wrap gap-x-5 sm:gap-x-6">
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
