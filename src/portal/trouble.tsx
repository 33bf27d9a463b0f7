import type { Visit } from '#contract/visit.ts'
import { Button, buttonLook } from '#ui/button.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { isRouteErrorResponse, Link, useRouteError } from 'react-router-dom'
import { ApiError } from './api/http.ts'
import { Corridor } from './corridor.tsx'
import { AskUs, BackToApp } from './frame.tsx'
import { paths } from './paths.ts'
import type { WordId } from './words/message.ts'
import { Words, useWords } from './words/words.ts'

/** A screen's code could not be fetched: usually a newer version is being served. */
export class ScreenMissing extends Error {}

const troubles = {
  offline: { headline: 'error.offline', why: 'error.offlineWhy', way: 'reload' },
  session: { headline: 'error.session', why: 'error.sessionWhy', way: 'reload' },
  missing: { headline: 'error.missing', why: 'error.missingWhy', way: 'start' },
  stale: { headline: 'error.stale', why: 'error.staleWhy', way: 'reload' },
  server: { headline: 'error.server', why: 'error.serverWhy', way: 'reload' },
} as const satisfies Record<string, { headline: WordId; why: WordId; way: 'reload' | 'start' }>

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
  const known = useQueryClient()
    .getQueriesData<Visit>({ queryKey: ['visit'] })
    .flatMap(([, visit]) => visit ?? [])[0]
  const { headline, why, way } = troubles[troubleOf(error)]
  const reference = error instanceof ApiError ? error.problem?.request_id : undefined
  return (
    <Corridor
      {...(known && { about: known })}
      headline={say(headline)}
      why={<Words id={why} />}
      ways={known ? [<BackToApp key="app" app={known.app} />, <AskUs key="ask" merchant={known.merchant} />] : []}
      next={reference !== undefined && <Words id="frame.reference" values={{ id: <bdi>{reference}</bdi> }} />}
    >
      {way === 'reload' ? (
        // A new document mends all of these: it asks for the newest version and for everything else again.
        <Button onClick={() => window.location.reload()}>
          <Words id="error.reload" />
        </Button>
      ) : (
        <Link to={paths.home} className={buttonLook('primary')}>
          <Words id="error.start" />
        </Link>
      )}
    </Corridor>
  )
}
