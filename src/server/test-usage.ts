import { randomUUID } from 'node:crypto'
import { UsagePageSchema } from '#contract/usage-page.ts'
import type { ConfigFile } from './config-file.ts'
import { openDesk, type Lab } from './stripe/test-desk.ts'
import { members, openTestPortal, type TestPortal } from './test-portal.ts'

/** What the merchant of these tests counts: a meter of every kind. */
const usageMerchant = {
  plans: {
    team_monthly: {
      name: 'Team',
      limits: { requests: { included: 1_000 }, exports: { included: 10, hard: false }, tiles: { included: 50 } },
      seats: 5,
      rates: { requests: { limit: 600, seconds: 60 } },
    },
  },
  meters: {
    requests: { name: 'Map requests', unit: 'requests' },
    routes: { name: 'Routing', unit: 'routes', price: { amount: 40, currency: 'eur', per: 100 } },
    lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 },
    unsold: { name: 'Not for sale', unit: 'things' },
  },
  credits: { packs: { credits_1000: { name: '1,000 credits', credits: 1_000 } }, expireDays: 30, autoRecharge: true },
  spendCap: { initial: { amount: 50_00, currency: 'eur' } },
} satisfies Partial<ConfigFile>

type Differs = Parameters<typeof openTestPortal>[1]

type Building = ReturnType<typeof openDesk>['enter'] extends (building: infer B, known?: string) => unknown ? B : never

/** A portal whose merchant counts, and accounts that `build` gives a plan at Stripe, whose app reports. */
export async function openUsageStage(
  lab: Lab & { readonly origin: string },
  build: () => Building,
  differs: Differs = {},
) {
  const portal: TestPortal = await openTestPortal(lab.origin, { merchant: usageMerchant, ...differs })
  const desk = openDesk(portal, lab)
  const start = portal.clock.now

  async function enter(people: readonly object[] = members) {
    const { account, customer } = await desk.enter(build())
    await portal.register(account, { stripe_customer: customer, seats: 3, members: people })
    /** Signed in anew each time: the clock is moved, and sessions end. */
    const as = async (member = 'anna') => {
      const browser = portal.browser()
      await browser.enter(account, member)
      return browser
    }
    const read = async (member?: string) => {
      const { status, text, body } = await (await as(member)).get('/api/usage')
      if (status !== 200) throw new Error(text)
      return UsagePageSchema.parse(body)
    }
    return {
      account,
      customer,
      as,
      read,
      meter: async (id: string) => {
        const found = (await read()).meters.find((one) => one.id === id)
        if (!found) throw new Error(`no meter ${id}`)
        return found
      },
      report: async (meter: string, quantity: number, more: object = {}) => {
        const events = [{ id: randomUUID(), account, meter, quantity, ...more }]
        const { text, body } = await portal.asApp('POST', '/v1/usage', { events })
        if ((body as { accepted: number }).accepted !== 1) throw new Error(text)
      },
      buy: async () => {
        const method = await desk.otherCard(customer)
        const plan = { invoices: [], price: 'credits_1000', total: { amount: 10_00, currency: 'eur' } }
        const { outcome } = await (await as()).deed('buy-credits', { with: { method }, plan })
        if (outcome.kind !== 'done') throw new Error(outcome.kind)
      },
    }
  }

  return {
    portal,
    desk,
    start,
    enter,
    /** As it was, for the next test. */
    reset: async () => {
      portal.clock.now = start
      await desk.heal()
    },
    close: () => portal.close(),
  }
}

export type UsageStage = Awaited<ReturnType<typeof openUsageStage>>
