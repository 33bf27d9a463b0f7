import type { Fix } from '#diagnosis/reason.ts'
import type { QueryClient } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Outlet, useLocation, type LoaderFunctionArgs, type RouteObject } from 'react-router-dom'
import { isAccountPath } from './account-places.tsx'
import { AccountWaiting } from './account-waiting.tsx'
import { billingDetailsQuery } from './api/billing-details.ts'
import { enterAsGuest, type GuestArrival } from './api/guest-links.ts'
import { ApiError } from './api/http.ts'
import { methodsQuery } from './api/methods.ts'
import { invoiceQuery, invoicesQuery } from './api/invoices.ts'
import { overviewQuery } from './api/overview.ts'
import { planQuery } from './api/plan.ts'
import { usageQuery } from './api/usage.ts'
import { privacyQuery } from './api/privacy.ts'
import { peopleQuery } from './api/people.ts'
import { visitQuery } from './api/visit.ts'
import { openDoor } from './door.ts'
import { checkIn, paths } from './paths.ts'
import { wantedIn } from './screens/invoices/wanted.ts'
import { ScreenMissing, Trouble } from './trouble.tsx'
import { Waiting } from './waiting.tsx'

/** Every remedy has its screen: the path, the folder and the verb are one word. */
const fixScreens = {
  'update-card': () => import('#portal/screens/update-card/screen.tsx'),
  'pay-invoice': () => import('#portal/screens/pay-invoice/screen.tsx'),
  'confirm-payment': () => import('#portal/screens/confirm-payment/screen.tsx'),
  'finish-subscribing': () => import('#portal/screens/finish-subscribing/screen.tsx'),
  'await-payment': () => import('#portal/screens/await-payment/screen.tsx'),
  renew: () => import('#portal/screens/renew/screen.tsx'),
  resume: () => import('#portal/screens/resume/screen.tsx'),
  'choose-plan': () => import('#portal/screens/choose-plan/screen.tsx'),
  'billing-details': () => import('#portal/screens/billing-details/screen.tsx'),
  'raise-cap': () => import('#portal/screens/raise-cap/screen.tsx'),
  'buy-credits': () => import('#portal/screens/buy-credits/screen.tsx'),
  'raise-limit': () => import('#portal/screens/raise-limit/screen.tsx'),
  'add-seats': () => import('#portal/screens/add-seats/screen.tsx'),
  wait: () => import('#portal/screens/wait/screen.tsx'),
  'wait-for-vendor': () => import('#portal/screens/wait-for-vendor/screen.tsx'),
  'contact-support': () => import('#portal/screens/contact-support/screen.tsx'),
  diagnosis: () => import('#portal/screens/diagnosis/screen.tsx'),
} as const satisfies Record<Fix, () => Promise<Screen>>

/** The floor plan. Loaders say when something is asked and where one belongs; what is known is in the query cache. */
export function routes(client: QueryClient, ticket?: string): RouteObject[] {
  const door = openDoor(client, ticket)
  /** Starts the question together with the screen's code. */
  const lookAround = ({ request }: LoaderFunctionArgs) =>
    soon(client.prefetchQuery(visitQuery(checkIn(new URL(request.url).search))))
  const fixScreen = (path: string, load: () => Promise<Screen>): RouteObject => ({
    path,
    loader: lookAround,
    lazy: screen(load),
  })

  return [
    {
      Component: Root,
      ErrorBoundary: Trouble,
      HydrateFallback: OnItsWay,
      children: [
        {
          path: paths.home,
          loader: door.start,
          element: null,
        },
        {
          path: paths.enter,
          loader: door.arrive,
          lazy: screen(() => import('#portal/screens/enter/screen.tsx')),
        },
        {
          path: paths.switchAccount,
          loader: door.choose,
          lazy: screen(() => import('#portal/screens/enter/screen.tsx')),
        },
        {
          path: paths.code,
          loader: door.askForCode,
          lazy: screen(() => import('#portal/screens/enter/screen.tsx')),
        },
        {
          path: `${paths.code}/:code`,
          loader: door.arriveByCode,
          lazy: screen(() => import('#portal/screens/enter/screen.tsx')),
        },
        {
          path: paths.signIn,
          loader: door.signIn,
          lazy: screen(() => import('#portal/screens/enter/screen.tsx')),
        },
        {
          path: paths.pay,
          loader: arriveAsGuest(client, ticket),
          lazy: screen(() => import('#portal/screens/guest/screen.tsx')),
        },
        ...Object.entries(fixScreens).map(([fix, load]) => fixScreen(`/fix/${fix}`, load)),
        fixScreen(paths.changeCard, () => import('#portal/screens/change-card/screen.tsx')),
        fixScreen(paths.changePlan, () => import('#portal/screens/change-plan/screen.tsx')),
        fixScreen(paths.changeSeats, () => import('#portal/screens/change-seats/screen.tsx')),
        {
          path: paths.methods,
          loader: () => soon(client.prefetchQuery(methodsQuery)),
          lazy: screen(() => import('#portal/screens/payment-methods/screen.tsx')),
        },
        {
          path: paths.addMethod,
          loader: () => soon(client.prefetchQuery(methodsQuery), client.prefetchQuery(visitQuery())),
          lazy: screen(() => import('#portal/screens/add-method/screen.tsx')),
        },
        fixScreen(paths.allClear, () => import('#portal/screens/all-clear/screen.tsx')),
        fixScreen(paths.appNotUpdated, () => import('#portal/screens/app-not-updated/screen.tsx')),
        {
          path: paths.invoices,
          loader: ({ request }) =>
            soon(client.prefetchInfiniteQuery(invoicesQuery(wantedIn(new URL(request.url).search)))),
          lazy: screen(() => import('#portal/screens/invoices/screen.tsx')),
        },
        {
          path: `${paths.invoices}/:id`,
          loader: ({ params }) => soon(client.prefetchQuery(invoiceQuery(params['id'] ?? ''))),
          lazy: screen(() => import('#portal/screens/invoice/screen.tsx')),
        },
        {
          path: paths.overview,
          loader: () => soon(client.prefetchQuery(overviewQuery)),
          lazy: screen(() => import('#portal/screens/overview/screen.tsx')),
        },
        {
          path: paths.privacy,
          loader: () => soon(client.prefetchQuery(privacyQuery)),
          lazy: screen(() => import('#portal/screens/privacy/screen.tsx')),
        },
        {
          path: paths.plan,
          loader: () => soon(client.prefetchQuery(planQuery)),
          lazy: screen(() => import('#portal/screens/plan/screen.tsx')),
        },
        { path: paths.letters, lazy: screen(() => import('#portal/screens/letters/screen.tsx')) },
        {
          path: paths.usage,
          loader: () => soon(client.prefetchQuery(usageQuery)),
          lazy: screen(() => import('#portal/screens/usage/screen.tsx')),
        },
        {
          path: paths.people,
          loader: () => soon(client.prefetchQuery(peopleQuery)),
          lazy: screen(() => import('#portal/screens/people/screen.tsx')),
        },
        {
          path: paths.details,
          loader: () => soon(client.prefetchQuery(billingDetailsQuery)),
          lazy: screen(() => import('#portal/screens/billing-details/page.tsx')),
        },
      ],
    },
  ]
}

/** Milliseconds. React shows nothing for 300 ms after a grey page, so one that is gone at once makes everything slower. */
const SOON = 200

/** Answers that come soon are there with their page; for later ones it waits by itself. */
async function soon(...answers: readonly Promise<unknown>[]): Promise<null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise((resolve) => (timer = setTimeout(resolve, SOON)))
  await Promise.race([Promise.all(answers), late])
  clearTimeout(timer)
  return null
}

/** `/pay`: a guest's link waits for their word; inside, live state says what there is to pay. */
function arriveAsGuest(client: QueryClient, token: string | undefined) {
  let unused = token
  return async (): Promise<GuestArrival> => {
    if (unused !== undefined) {
      const taken = unused
      unused = undefined
      const answer = await enterAsGuest(client, taken, false)
      if (answer.kind !== 'entered') return { kind: 'link', token: taken, answer }
    }
    try {
      await client.fetchQuery(visitQuery())
      return { kind: 'inside' }
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      return { kind: 'stranger' }
    }
  }
}

type Screen = { readonly Component: () => React.ReactNode }

function screen(load: () => Promise<Screen>) {
  return async (): Promise<Screen> => {
    try {
      return await load()
    } catch (cause) {
      throw new ScreenMissing('a screen could not be fetched', { cause })
    }
  }
}

/** Each page of the account waits in its own name, so that going to one is seen at once; the corridor is one place. */
function Root() {
  const { pathname } = useLocation()
  return (
    <Suspense key={isAccountPath(pathname) ? pathname.split('/')[1] : 'corridor'} fallback={<OnItsWay />}>
      <Outlet />
    </Suspense>
  )
}

function OnItsWay() {
  return isAccountPath(useLocation().pathname) ? <AccountWaiting /> : <Waiting />
}
