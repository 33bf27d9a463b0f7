// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createQueryClient } from '#portal/query-client.ts'
import { request } from '#portal/api/http.ts'
import { speak, WordsProvider } from '#portal/words/words.ts'
import { z } from 'zod'
import { Observer } from './observer.tsx'

const view = 'aud_AAAAAAAAAAAAAAAAAAAAAA'
const now = 1_796_000_000
const seen = {
  id: view,
  now,
  until: now + 1_800,
  staff: 'Robin',
  account: { app: 'app_maps', id: 'acct_1', label: 'Acme GmbH' },
  member: { id: 'anna', name: 'Anna', role: 'owner' },
}
let asked: string[]
let status: number

beforeAll(() => speak('en'))
beforeEach(() => {
  asked = []
  status = 200
  window.history.replaceState(null, '', `/as/${view}/overview`)
  vi.stubGlobal('fetch', (path: string, { method }: { method: string }) => {
    asked.push(`${method} ${path}`)
    const body =
      status === 200 ? seen : { type: 'about:blank', title: 'Too old', status, code: 'stale-link', request_id: 'req_1' }
    return Promise.resolve(
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }),
    )
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function open(page: React.ReactNode) {
  render(
    <WordsProvider>
      <QueryClientProvider client={createQueryClient()}>
        <Observer view={view}>{page}</Observer>
      </QueryClientProvider>
    </WordsProvider>,
  )
}

test('support reads whose eyes they look through, and that nothing they press does anything', async () => {
  open(<p>Overview</p>)
  expect((await screen.findByText(/You see/)).textContent).toContain('You see Acme GmbH as Anna sees it')
  expect(screen.getByRole('status').textContent).toContain('You only look')
  expect(screen.getByText(/left/).textContent).toMatch(/^30\sminutes left$/)
  expect(asked).toEqual([`GET /api/desk/as/${view}`])
})

test('a button says what it would have done, and does not do it', async () => {
  const pay = vi.fn<() => void>()
  open(<button onClick={pay}>Pay €49.00</button>)
  await screen.findByText(/You see/)
  await userEvent.click(screen.getByRole('button', { name: 'Pay €49.00' }))
  expect(pay).not.toHaveBeenCalled()
  expect(screen.getByRole('status').textContent).toContain('“Pay €49.00”: Anna would do this.')
})

test('a form is not sent by the Enter key either', async () => {
  const send = vi.fn<() => void>()
  open(
    <form onSubmit={send}>
      <input aria-label="Name" />
      <button type="submit">Save</button>
    </form>,
  )
  await screen.findByText(/You see/)
  await userEvent.type(screen.getByLabelText('Name'), 'Acme{Enter}')
  expect(send).not.toHaveBeenCalled()
  expect(screen.getByRole('status').textContent).toContain('“Save”')
})

test.each([
  ['back to the app', 'https://maps.example/'],
  ['a file of the customer’s', '/api/invoices/in_1/pdf'],
  ['another page of the desk', '/accounts/app_maps/acct_2'],
])('a link to %s is not followed', async (_, href) => {
  open(<a href={href}>Go on</a>)
  await screen.findByText(/You see/)
  await userEvent.click(screen.getByRole('link', { name: 'Go on' }))
  expect(screen.getByRole('status').textContent).toContain('“Go on” leads Anna out of these pages.')
})

test('what opens, reads on or leads to another page of the view works', async () => {
  const works = vi.fn<(what: string) => void>()
  open(
    <>
      <button aria-expanded={false} onClick={() => works('opens')}>
        Details
      </button>
      <button data-reads onClick={() => works('reads')}>
        More
      </button>
      <a
        href={`/as/${view}/usage`}
        onClick={(event) => {
          event.preventDefault()
          works('leads')
        }}
      >
        Usage
      </a>
    </>,
  )
  await screen.findByText(/You see/)
  for (const name of ['Details', 'More']) await userEvent.click(screen.getByRole('button', { name }))
  await userEvent.click(screen.getByRole('link', { name: 'Usage' }))
  expect(works.mock.calls).toEqual([['opens'], ['reads'], ['leads']])
})

test('whatever a page does by itself never leaves the browser', async () => {
  open(<p>Overview</p>)
  await screen.findByText(/You see/)
  await expect(request(z.unknown(), '/api/return', { method: 'POST', body: {} })).rejects.toMatchObject({ status: 403 })
  expect(asked).toEqual([`GET /api/desk/as/${view}`])
})

test('a view that is over shows nothing of the customer any more', async () => {
  status = 410
  open(<p>Secret</p>)
  await screen.findByRole('heading', { name: 'This view is over' })
  expect(screen.queryByText('Secret')).toBeNull()
})
