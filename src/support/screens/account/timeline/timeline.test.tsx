// @vitest-environment jsdom
import type { Timeline } from '#contract/desk-timeline.ts'
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { CHECK, declined, EVENT, noon, openTimeline, refused, told } from './timeline-stage.tsx'

vi.setConfig({ testTimeout: 60_000 })
const user = userEvent.setup()
const DAY = 86_400
const rows = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent)
const row = (name: RegExp) => screen.findByRole('button', { name })

test('entries stand day by day, each with its time, one sentence and its figure', async () => {
  openTimeline({ pages: { '': { entries: [told(), declined, refused(noon - DAY)] } } })
  expect(await row(/Told the app access\.restored: given up/)).toBeTruthy()
  const [today, yesterday] = [
    screen.getByRole('region', { name: 'Today' }),
    screen.getByRole('region', { name: 'Yesterday' }),
  ]
  expect(
    within(today)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual([
    '11:59Told the app access.restored: given up410 · 34 ms',
    '11:59A. S.: update card was declined: not enough funds€49.00 · Visa\u00a0••\u00a09995',
  ])
  expect(within(yesterday).getByRole('button').textContent).toBe('12:00Refused: card declined')
})

test('a program that is refused again and again fills one row, not a page', async () => {
  const again = Array.from({ length: 40 }, (_, index) => refused(noon - 100 - index))
  openTimeline({ pages: { '': { entries: [declined, ...again, refused(noon - 200, { reported: 'card_expired' })] } } })
  await row(/not enough funds/)
  expect(rows()).toMatchObject(
    [/funds/, /Refused: card declined× 40/, /card expired/].map((text) => expect.stringMatching(text)),
  )
})

test('an opened entry shows the raw codes and ids, and leads to the refusal it is about', async () => {
  const { place } = openTimeline({
    pages: { 'kinds=fixes': { entries: [{ ...declined, check: CHECK } as typeof declined] } },
    search: '?kinds=fixes',
  })
  await user.click(await row(/not enough funds/))
  for (const text of ['insufficient_funds', 'in_october', '12/2034', 'A. S. (anna)'])
    expect(screen.getByText(text)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Copy in_october' })).toBeTruthy()
  await user.click(screen.getByRole('link', { name: CHECK }))
  expect(place()).toBe(`?kinds=fixes&check=${CHECK}`)
})

test('of Stripe’s news sums are money and instants are times, and it is said what was before', async () => {
  const updated = {
    id: 'invoice-1',
    at: noon,
    kind: 'invoices',
    moving: false,
    what: 'stripe',
    event: 'evt_1Stripe',
    type: 'invoice.updated',
    received: noon,
    done: noon,
    tries: 0,
    status: 'paid',
    number: 'ACME-0007',
    amount: { amount: 49_00, currency: 'eur' },
    about: { amount_due: 49_00, attempt_count: 2, due_date: noon },
    before: { status: 'open', amount_paid: 0 },
    changed: [],
  } as const
  openTimeline({ pages: { '': { entries: [updated] } } })
  await user.click(await row(/invoice\.updated · ACME-0007 · open → paid€49\.00/))
  const told = screen.getAllByRole('term').map((term) => `${term.textContent}: ${term.nextElementSibling?.textContent}`)
  expect(told).toEqual(
    expect.arrayContaining([
      'amount_due: €49.00',
      'attempt_count: 2',
      'due_date: 22 Nov, 12:00 UTC',
      'Was: status: open',
      'Was: amount_paid: €0.00',
      'Number: ACME-0007Copy',
    ]),
  )
})

test('filters show how many there are, are toggled, and stand in the address', async () => {
  const counts: Timeline['counts'] = [
    { kind: 'checks', count: 1_000, more: true },
    { kind: 'fixes', count: 3, more: false },
    { kind: 'staff', count: 0, more: false },
  ]
  const { place, asked } = openTimeline({
    pages: { '': { entries: [declined], counts }, 'kinds=fixes': { entries: [declined], counts } },
  })
  await row(/not enough funds/)
  expect(screen.getByRole('button', { name: 'Checks 1000+' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Staff/ })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Fixes 3' }))
  expect(place()).toBe('?kinds=fixes')
  await row(/not enough funds/)
  expect(screen.getByRole('button', { name: 'Fixes 3', pressed: true })).toBeTruthy()
  expect(asked.map(({ url }) => url)).toContain('/api/desk/accounts/app_maps/acme/timeline?kinds=fixes')
  await user.click(screen.getByRole('button', { name: 'Fixes 3' }))
  expect(place()).toBe('')
})

test('j and k move from row to row, Enter opens one, Escape closes it', async () => {
  openTimeline({ pages: { '': { entries: [told(), declined] } } })
  const first = await row(/Told the app/)
  await user.keyboard('j')
  expect(document.activeElement).toBe(first)
  await user.keyboard('j')
  expect(document.activeElement).toBe(await row(/not enough funds/))
  await user.keyboard('{Enter}')
  expect(screen.getByText('insufficient_funds')).toBeTruthy()
  await user.keyboard('{Escape}')
  expect(screen.queryByText('insufficient_funds')).toBeNull()
  await user.keyboard('k')
  expect(document.activeElement).toBe(first)
})

test('what is new is counted and moves nothing until it is wanted; what was moving is put right in its place', async () => {
  const queued = told({ state: 'queued', moving: true, deliveries: [] })
  const late = refused(noon - 45, { reported: 'card_expired' })
  const counts: Timeline['counts'] = [{ kind: 'checks', count: 0, more: false }]
  openTimeline({
    pages: { '': { entries: [queued, declined], counts } },
    news: () => ({ entries: [refused(noon), queued, late], watched: [told({ state: 'sent' })] }),
  })
  const news = await screen.findByRole('button', { name: '2 new' })
  expect(await row(/access\.restored: delivered/)).toBeTruthy()
  expect(rows()).toHaveLength(2)
  expect(screen.queryByRole('button', { name: /^Checks/ })).toBeNull()
  await user.click(news)
  expect(screen.getByRole('button', { name: 'Checks 2' })).toBeTruthy()
  expect(rows()).toMatchObject([/declined/, /restored/, /expired/, /funds/].map((text) => expect.stringMatching(text)))
})

test('an event is sent again only with a reason, and its row says what came of it', async () => {
  const { asked } = openTimeline({
    pages: { '': { entries: [told()] } },
    resent: told({ state: 'queued', moving: true }),
    news: () => ({ watched: [] }),
  })
  await user.click(await row(/given up/))
  await user.click(screen.getByRole('button', { name: 'Send again' }))
  const dialog = within(screen.getByRole('dialog'))
  await user.click(dialog.getByRole('button', { name: /^Send again/ }))
  expect(dialog.getByText('Say why, in three letters or more.')).toBeTruthy()
  await user.type(dialog.getByLabelText('Reason'), 'The app is back')
  await user.click(dialog.getByRole('button', { name: /^Send again/ }))
  expect(await row(/not delivered yet/)).toBeTruthy()
  expect(asked.filter(({ method }) => method === 'POST')).toEqual([
    {
      method: 'POST',
      url: `/api/desk/accounts/app_maps/acme/events/${EVENT}/resend`,
      body: { reason: 'The app is back' },
    },
  ])
})

test('whoever may not send is not offered to', async () => {
  openTimeline({ pages: { '': { entries: [told()] } }, rights: ['read-timeline'] })
  await user.click(await row(/given up/))
  expect(screen.getByText('Moved away')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull()
})

test('older entries come by the button, after a failure too, until everything is there', async () => {
  const { answered } = openTimeline({
    pages: { '': { entries: [declined], next: 'older' }, 'before=older': 500 },
  })
  await user.click(await screen.findByRole('button', { name: /^Show older/ }))
  expect(await screen.findByRole('alert')).toBeTruthy()
  answered['before=older'] = { entries: [refused(noon - 500)] }
  await user.click(screen.getByRole('button', { name: /^Show older/ }))
  expect(await row(/Refused/)).toBeTruthy()
  expect(screen.getByText('That is everything that is kept.')).toBeTruthy()
})

test('an account to which nothing has happened says so', async () => {
  openTimeline({})
  expect(await screen.findByText(/Nothing has happened here yet/)).toBeTruthy()
})

test('a kind of which there is nothing leads back to everything', async () => {
  const { place } = openTimeline({ search: '?kinds=letters' })
  await user.click(await screen.findByRole('button', { name: 'Show everything' }))
  expect(place()).toBe('')
})

test('while it is on its way, and when it does not come, the page says so', async () => {
  const { answered } = openTimeline({ pages: { '': 500 } })
  expect(await screen.findByText('The timeline could not be loaded.')).toBeTruthy()
  answered[''] = { entries: [declined] }
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await row(/not enough funds/)).toBeTruthy()
})
