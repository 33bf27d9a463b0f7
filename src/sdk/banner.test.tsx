// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineBanner, type BannerSetting } from './banner-element.ts'
import { BillingBanner, type BillingBannerProps } from './react.ts'
import type { BillingNews } from './warnings-answer.ts'
import type { Refusal } from './wire.ts'

const now = Date.parse('2026-11-29T12:00:00Z')
const link = { url: '/_billing/fix?reason=card_expired', label: 'Update card', who: 'payer' } as const
const expiring = { reason: 'card_expired', at: '2026-12-04T12:00:00Z', fix: link }
const refused = {
  reason: 'invoice_overdue',
  title: 'An invoice is overdue',
  detail: 'Invoice INV-1042 is open.',
  fix: { url: 'https://billing.example/r/7KQ2-M4XD', app_url: '/_billing/fix/chk_1', label: 'Pay invoice' },
} as Refusal

defineBanner()
beforeEach(() => localStorage.clear())
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** The banner as a React app shows it. */
function show(news: Partial<BillingNews>, differs: BillingBannerProps = {}) {
  const { container } = render(<BillingBanner news={news} service="Northwind Maps" now={() => now} {...differs} />)
  const root = container.querySelector('fix402-banner')?.shadowRoot
  if (!root) throw new Error('no banner')
  return {
    text: () => root.querySelector('[role=status]')?.textContent ?? '',
    link: () => root.querySelector('a'),
    later: () => root.querySelector('button'),
    root,
  }
}

test('nothing is drawn where all is well', () => {
  expect(show({ warnings: [] }).text()).toBe('')
  expect(show({}).text()).toBe('')
})

test('a warning says what, until when, and leads to the fix', () => {
  const banner = show({ warnings: [expiring] })
  expect(banner.text()).toContain(
    'The card on file expires before the next payment. Northwind Maps works until Friday.',
  )
  expect(banner.link()?.getAttribute('href')).toBe('/_billing/fix?reason=card_expired')
  expect(banner.link()?.textContent).toBe('Update card')
})

test('the warning that comes first is drawn, with the title that the portal gives it', () => {
  const banner = show({
    warnings: [
      { reason: 'seat_limit' },
      { reason: 'invoice_overdue', at: '2026-12-20T12:00:00Z', title: 'Two invoices are open' },
      { reason: 'card_expired', at: '2027-01-02T12:00:00Z' },
    ],
  })
  expect(banner.text()).toContain('Two invoices are open. Northwind Maps works until December 20.')
})

test('a limit that passes by itself says when, not until when', () => {
  const banner = show(
    { warnings: [{ reason: 'usage_limit_exceeded', at: '2027-01-02T12:00:00Z' }] },
    { locale: 'en-GB' },
  )
  expect(banner.text()).toContain('It starts again on 2 January 2027.')
})

test('a reason that this version does not know is still told', () => {
  expect(show({ warnings: [{ reason: 'moon_in_capricorn' }] }).text()).toContain('A payment needs attention.')
})

test('a warning is hidden for a day, another one is not', async () => {
  const banner = show({ warnings: [expiring] })
  await userEvent.click(banner.later() as Element)
  expect(banner.text()).toBe('')
  expect(show({ warnings: [expiring] }, { now: () => now + 86_399_000 }).text()).toBe('')
  expect(show({ warnings: [expiring] }, { now: () => now + 86_400_000 }).text()).not.toBe('')
  expect(show({ warnings: [{ ...expiring, reason: 'no_payment_method' }] }).text()).not.toBe('')
})

test('a refusal is told with the app’s own way in, and cannot be put off', () => {
  const banner = show({ problem: refused, warnings: [expiring] })
  expect(banner.text()).toContain('An invoice is overdue. Invoice INV-1042 is open.')
  expect(banner.link()?.getAttribute('href')).toBe('/_billing/fix/chk_1')
  expect(banner.later()).toBeNull()
})

test('a link that is not one of the web is not drawn', () => {
  const fix = { url: 'javascript:alert(1)', label: 'Fix it now' }
  expect(show({ warnings: [{ ...expiring, fix }] }).link()).toBeNull()
})

test('words and dates are those of the reader', () => {
  const words = {
    titles: { card_expired: 'Die Karte läuft bald ab' },
    until: (service: string, date: string) => `${service} funktioniert bis ${date}.`,
    fix: 'Jetzt beheben',
    later: 'Morgen erinnern',
  }
  const banner = show({ warnings: [{ ...expiring, title: 'Card expires' }] }, { locale: 'de', words })
  expect(banner.text()).toContain('Die Karte läuft bald ab. Northwind Maps funktioniert bis Freitag.')
  expect([banner.link()?.textContent, banner.later()?.textContent]).toEqual(['Jetzt beheben', 'Morgen erinnern'])
})

test('what is not translated is English throughout, and says so', () => {
  const banner = show({ warnings: [expiring] }, { locale: 'de' })
  expect(banner.text()).toContain('works until Friday.')
  expect(banner.root.querySelector('[lang=en]')?.textContent).toContain('works until Friday.')
})

test('no style stands in the document: a strict Content-Security-Policy allows all of it', () => {
  const { root } = show({ warnings: [expiring] })
  expect(root.querySelectorAll('style, [style], script')).toHaveLength(0)
  expect(root.adoptedStyleSheets).toHaveLength(1)
})

test('drawn again with the same news it keeps the focus, and is not read out again', () => {
  const banner = (news: Partial<BillingNews>) => <BillingBanner news={news} now={() => now} />
  const { container, rerender } = render(banner({ warnings: [expiring] }))
  const root = container.querySelector('fix402-banner')?.shadowRoot
  const link = root?.querySelector('a')
  link?.focus()
  rerender(banner({ warnings: [{ ...expiring }] }))
  expect(root?.activeElement).toBe(link)
  rerender(banner({ warnings: [] }))
  expect(root?.querySelector('a')).toBeNull()
})

test('without news of its own it asks the app, and draws nothing when that does not answer', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address)
    return asked.length === 1 ? new Response('no', { status: 500 }) : Response.json({ warnings: [expiring] })
  })
  const draw = () => {
    const banner = document.createElement('fix402-banner') as HTMLElement & BannerSetting
    banner.now = () => now
    document.body.replaceChildren(banner)
    return banner.shadowRoot
  }
  const silent = draw()
  await expect.poll(() => asked).toEqual(['/_billing/warnings'])
  expect(silent?.textContent).toBe('')
  const told = draw()
  await expect.poll(() => told?.textContent).toContain('This service works until Friday.')
})
