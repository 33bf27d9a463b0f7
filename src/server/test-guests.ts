import { expect } from 'vitest'
import { GuestLinkMadeSchema } from '#contract/guest-link.ts'
import { VisitSchema } from '#contract/visit.ts'
import type { Stay } from './stripe/test-desk.ts'
import type { Browser, TestPortal } from './test-portal.ts'

/** For tests: a payer's guest links and whoever opens them. `stay` is the account at hand. */
export function openGuests(portal: TestPortal, stay: () => Stay) {
  const plan = (amount = 49_00, invoices = [stay().invoice]) => ({ invoices, total: { amount, currency: 'eur' } })
  const wish = (more: object = {}) => ({ fix: 'update-card', plan: plan(), ...more })
  const visitOf = async (browser: Browser) => VisitSchema.parse((await browser.get('/api/visit')).body)
  const knock = async (token: string, accept = false, browser = portal.browser()) =>
    (await browser.post('/api/session/guest', { token, accept })).body
  return {
    plan,
    wish,
    visitOf,
    knock,
    make: async (more: object = {}, browser = stay().browser) => {
      const { status, text, body } = await browser.post('/api/guest-links', wish(more))
      if (status !== 200) throw new Error(`${status} ${text}`)
      const made = GuestLinkMadeSchema.parse(body)
      return { ...made, token: made.url.split('#g=')[1] ?? '' }
    },
    enter: async (token: string): Promise<Browser> => {
      const browser = portal.browser()
      expect(await knock(token, true, browser)).toEqual({ kind: 'entered' })
      return browser
    },
    stateOf: async (browser: Browser) => (await visitOf(browser)).guest?.state,
    revoke: (id: string, browser = stay().browser) => browser.send('DELETE', `/api/guest-links/${id}`),
  }
}

export type Guests = ReturnType<typeof openGuests>
