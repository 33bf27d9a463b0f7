import type { Visit } from '#contract/visit.ts'
import { Button, buttonLook } from '#ui/button.tsx'
import { isRouteErrorResponse, Link, useLocation, useRouteError } from 'react-router-dom'
import { ApiError } from './api/http.ts'
import { AccountPage } from './account-page.tsx'
import { isAccountPath } from './account-places.tsx'
import { Corridor } from './corridor.tsx'
import { AskUs, BackToApp } from './frame.tsx'
import { useKnownPlace } from './known-place.ts'
import { checkIn, leftIn, paths, withCheck } from './paths.ts'
import type { WordId } from './words/message.ts'
import { Words, useWords } from './words/words.ts'

/** A screen's code could not be fetched: usually a newer version is being served. */
export class ScreenMissing extends Error {}

type Way = 'reload' | 'start' | 'app'

const troubles = {
  offline: { headline: 'error.offline', why: 'error.offlineWhy', way: 'reload' },
  session: { headline: 'error.session', why: 'error.sessionWhy', way: 'app' },
  missing: { headline: 'error.missing', why: 'error.missingWhy', way: 'start' },
  stale: { headline: 'error.stale', why: 'error.staleWhy', way: 'reload' },
  server: { headline: 'error.server', why: 'error.serverWhy', way: 'reload' },
} as const satisfies Record<string, { headline: WordId; why: WordId; way: Way }>

function troubleOf(error: unknown): keyof typeof troubles {
  if (error instanceof ScreenMissing) return 'stale'
  if (error instanceof ApiError && error.kind === 'offline') return 'offline'
  const status = error instanceof ApiError || isRouteErrorResponse(error) ? error.status : 500
  if (status === 401) return 'session'
  return status === 404 ? 'missing' : 'server'
}

/** Where every failure of a page ends: what happened, that no money moved, and a way on. */
export function Trouble() {
  const error = useRouteError()
  const { say } = useWords()
  const { pathname, state } = useLocation()
  const place = useKnownPlace()
  const known = place ?? leftIn(state)
  const trouble = troubleOf(error)
  const { headline, why, way } = troubles[trouble]
  const reference = error instanceof ApiError ? error.problem?.request_id : undefined
  const next = reference !== undefined && <Words id="frame.reference" values={{ id: <bdi>{reference}</bdi> }} />
  // One page that fails closes none of the others, unless nobody is signed in any more.
  if (place && isAccountPath(pathname) && trouble !== 'session') {
    return (
      <AccountPage place={place} headline={say(headline)} why={<Words id={why} />}>
        <div className="flex max-w-corridor flex-col gap-3">
          <WayOn way={way} app={place.app} />
          <p className="text-small text-quiet empty:hidden">{next}</p>
        </div>
      </AccountPage>
    )
  }
  return (
    <Corridor
      {...(known && { about: known })}
      headline={say(headline)}
      why={<Words id={why} />}
      ways={
        known
          ? [
              way !== 'app' && <BackToApp key="app" app={known.app} />,
              trouble === 'session' && <SignInAgain key="in" />,
              <AskUs key="ask" merchant={known.merchant} />,
            ].filter((link) => link !== false)
          : trouble === 'session'
            ? [<SignInAgain key="in" />]
            : []
      }
      next={next}
    >
      <WayOn way={way} app={known?.app} />
    </Corridor>
  )
}

/** For the same refusal, by a code in a letter. */
function SignInAgain() {
  const check = checkIn(useLocation().search)
  return (
    <Link to={check === undefined ? paths.signIn : withCheck(paths.enter, check)} className="link target">
      <Words id="signIn.byEmail" />
    </Link>
  )
}

function WayOn({ way, app }: { readonly way: Way; readonly app: Visit['app'] | undefined }) {
  if (way === 'start') {
    return (
      <Link to={paths.home} className={buttonLook('primary')}>
        <Words id="error.start" />
      </Link>
    )
  }
  if (way === 'app' && app) {
    return (
      <a href={app.url} className={buttonLook('primary')}>
        <Words id="frame.backTo" values={{ app: app.name }} />
      </a>
    )
  }
  // A new document mends all of these: it asks for the newest version and for everything else again.
  return (
    <Button onClick={() => window.location.reload()}>
      <Words id="error.reload" />
    </Button>
  )
}
