import '#ui/tokens.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { Fragment, StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router-dom'
import { createQueryClient } from './query-client.ts'
import { baseOf, viewIn } from './api/view-path.ts'
import { routes } from './router.tsx'
import { holdsTicket, takeTicket } from './ticket.ts'
import { languageOf, speak, WordsProvider } from './words/words.ts'

const view = viewIn(window.location.pathname)
const ticket = view === undefined ? takeTicket(window.location, window.history) : undefined
const client = createQueryClient()
const router = createBrowserRouter(routes(client, ticket), view === undefined ? {} : { basename: baseOf(view) })

// A page out of the back-forward cache shows yesterday's debt: nothing is offered until it has been read again.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) void client.resetQueries()
})

// A second ticket pasted into an open page changes only the fragment, which loads nothing by itself.
window.addEventListener('hashchange', () => {
  if (holdsTicket(window.location)) window.location.reload()
})

const language = languageOf(navigator.languages)
document.documentElement.lang = language
void Promise.all([observer(view), speak(language)]).then(([Observed]) => {
  const root = document.getElementById('root')
  if (!root) return
  createRoot(root).render(
    <StrictMode>
      <WordsProvider>
        <QueryClientProvider client={client}>
          <Observed>
            <RouterProvider router={router} />
          </Observed>
        </QueryClientProvider>
      </WordsProvider>
    </StrictMode>,
  )
})

/** What stands around the pages when support looks at them; customers never load it. */
async function observer(view: string | undefined): Promise<(props: { children: ReactNode }) => ReactNode> {
  if (view === undefined) return Fragment as (props: { children: ReactNode }) => ReactNode
  const { Observer } = await import('./view-as/observer.tsx')
  return ({ children }) => <Observer view={view}>{children}</Observer>
}
