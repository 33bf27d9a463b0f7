import type { QueryClient } from '@tanstack/react-query'
import type { RouteObject } from 'react-router-dom'
import { answerQuery } from './api/answer.ts'
import { auditQuery, wishIn } from './api/audit.ts'
import { sessionQuery } from './api/session.ts'
import { Frame } from './frame.tsx'
import { checkIn, paths } from './paths.ts'
import { Trouble } from './trouble.tsx'
import { frameWords } from './words/frame.ts'

/** The desk's floor plan. Whoever is not signed in gets no further than the door. */
export function routes(client: QueryClient): RouteObject[] {
  return [
    {
      Component: Frame,
      ErrorBoundary: Trouble,
      HydrateFallback: OnItsWay,
      loader: async () => {
        await client.ensureQueryData(sessionQuery)
        return null
      },
      children: [
        {
          ErrorBoundary: Trouble,
          children: [
            { path: paths.insight, lazy: () => import('#support/screens/insight/screen.tsx') },
            { path: paths.home, lazy: () => import('#support/screens/home/screen.tsx') },
            {
              path: paths.audit,
              loader: async ({ request }) => {
                await client.ensureInfiniteQueryData(auditQuery(wishIn(new URL(request.url).search)))
                return null
              },
              lazy: () => import('#support/screens/audit/screen.tsx'),
            },
            {
              path: paths.account,
              loader: ({ params: { app = '', account = '' }, request }) => {
                void client.prefetchQuery(answerQuery(app, account, checkIn(new URL(request.url).search)))
                return null
              },
              lazy: () => import('#support/screens/account/screen.tsx'),
            },
          ],
        },
      ],
    },
  ]
}

function OnItsWay() {
  return <p className="p-6 text-quiet">{frameWords.loading}</p>
}
