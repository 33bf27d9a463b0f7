import '#ui/tokens.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router-dom'
import { createQueryClient } from './query-client.ts'
import { routes } from './router.tsx'
import { holdsTicket, takeTicket } from './ticket.ts'
import { languageOf, speak, WordsProvider } from './words/words.ts'

const ticket = takeTicket(window.location, window.history)
const client = createQueryClient()
const router = createBrowserRouter(routes(client, ticket))

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
void speak(language).then(() => {
  const root = document.getElementById('root')
  if (!root) return
  createRoot(root).render(
    <StrictMode>
      <WordsProvider>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </WordsProvider>
    </StrictMode>,
  )
})
