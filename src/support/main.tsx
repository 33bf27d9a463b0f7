import '#ui/tokens.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router-dom'
import { DeskError } from './api/http.ts'
import { routes } from './router.tsx'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      networkMode: 'always',
      // What was refused stays refused; silence may pass.
      retry: (failures, error) =>
        failures < 1 && error instanceof DeskError && (error.status === 0 || error.status >= 500),
    },
  },
})
const router = createBrowserRouter(routes(client))
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
}
