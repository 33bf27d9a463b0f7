import type { StaffSession } from '#contract/staff.ts'
import { Badge } from '#ui/badge.tsx'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { NavLink, Outlet, useLocation, useMatch, useOutletContext } from 'react-router-dom'
import { sessionQuery, signOut } from './api/session.ts'
import { paths } from './paths.ts'
import { SearchField } from './search/search-field.tsx'
import { frameWords, roleWords } from './words/frame.ts'

const places = [
  { to: paths.home, word: frameWords.home, right: 'search' },
  { to: paths.insight, word: frameWords.insight, right: 'read-insight' },
  { to: paths.audit, word: frameWords.audit, right: 'read-audit' },
] as const

/** What stands around every page of the desk: where one is, who one is, and the pages one's role opens. */
export function Frame() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const { merchant, rights, sandbox } = session
  const { key, pathname } = useLocation()
  const namesItself = useMatch(paths.account) !== null
  return (
    <div className="flex min-h-dvh flex-col">
      {!namesItself && <title>{frameWords.title(merchant.name)}</title>}
      <header className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-hairline bg-surface px-4 py-2 lg:px-6">
        <strong className="font-semibold">{frameWords.title(merchant.name)}</strong>
        {sandbox && <Badge>{frameWords.sandbox}</Badge>}
        <nav className="flex gap-4 text-small">
          {places
            .filter(({ right }) => rights.includes(right))
            .map(({ to, word }) => (
              <NavLink key={to} to={to} end className="target rounded-control aria-[current=page]:font-semibold">
                {word}
              </NavLink>
            ))}
        </nav>
        {rights.includes('search') && <SearchField key={key} takesFocus={pathname === paths.home} />}
        <Person session={session} />
      </header>
      <main className="flex min-w-0 flex-1 flex-col px-4 py-6 lg:px-6">
        <Outlet context={session} />
      </main>
    </div>
  )
}

function Person({ session: { staff } }: { readonly session: StaffSession }) {
  const leave = useMutation({
    mutationFn: async () => {
      const { url } = await signOut()
      window.location.assign(url ?? paths.home)
    },
  })
  return (
    <p className="ms-auto flex items-center gap-3 text-small text-quiet">
      <span>
        <bdi>{staff.name}</bdi>, {roleWords[staff.role]}
      </span>
      <button type="button" className="link target" onClick={() => leave.mutate()}>
        {frameWords.signOut}
      </button>
    </p>
  )
}

/** Whoever is signed in, for the pages inside the frame. */
export function useSession(): StaffSession {
  return useOutletContext<StaffSession>()
}
