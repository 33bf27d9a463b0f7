import { OffersSchema, type Offers, type PlanOffer } from '#contract/offer.ts'
import { setTimeout as pause } from 'node:timers/promises'
import type Stripe from 'stripe'
import type { ConfigFile } from '#server/config-file.ts'
import { openDesk, type Stay } from './test-desk.ts'
import { openTestPortal, ticketOf } from '#server/test-portal.ts'

const DAY = 86_400

/** A running Stripe to test against. */
type Lab = Parameters<typeof openDesk>[1] & { readonly origin: string }

/** In the currency's smallest unit, for one interval. */
const catalogue = {
  starter_monthly: { amount: 19_00, currency: 'eur', interval: 'month' },
  team_monthly: { amount: 49_00, currency: 'eur', interval: 'month' },
  business_monthly: { amount: 149_00, currency: 'eur', interval: 'month' },
  studio_monthly: { amount: 12_00, currency: 'eur', interval: 'month' },
  pro_yearly: { amount: 490_00, currency: 'eur', interval: 'year' },
  addon_monthly: { amount: 19_00, currency: 'eur', interval: 'month' },
  team_monthly_jpy: { amount: 7_000, currency: 'jpy', interval: 'month' },
  business_monthly_jpy: { amount: 21_000, currency: 'jpy', interval: 'month' },
  team_monthly_kwd: { amount: 15_250, currency: 'kwd', interval: 'month' },
  business_monthly_kwd: { amount: 45_750, currency: 'kwd', interval: 'month' },
} as const satisfies Record<string, { amount: number; currency: string; interval: 'month' | 'year' }>

export type PlanKey = keyof typeof catalogue

const plans: ConfigFile['plans'] = {
  starter_monthly: {
    name: 'Starter',
    features: ['tiles'],
    limits: { requests: { included: 10_000 } },
    seats: 2,
    offered: true,
  },
  team_monthly: {
    name: 'Team',
    features: ['tiles'],
    limits: { requests: { included: 100_000 } },
    seats: 5,
    offered: true,
  },
  business_monthly: {
    name: 'Business',
    features: ['tiles', 'offline_maps'],
    limits: { requests: { included: 1_000_000 } },
    seats: 25,
    offered: true,
  },
  studio_monthly: { name: 'Studio', features: ['tiles'], seats: 'quantity', offered: true },
  pro_yearly: { name: 'Pro', features: ['tiles', 'routing'], seats: 3, offered: true },
  addon_monthly: { name: 'Traffic add-on' },
  team_monthly_jpy: { name: 'Team', offered: true },
  business_monthly_jpy: { name: 'Business', offered: true },
  team_monthly_kwd: { name: 'Team', offered: true },
  business_monthly_kwd: { name: 'Business', offered: true },
  never_made: { name: 'Never made', offered: true },
}

/** A merchant with plans to choose from. */
export async function openMarket(lab: Lab) {
  const portal = await openTestPortal(lab.origin, {
    merchant: { plans, allowPause: true, meters: { requests: { name: 'Map requests', unit: 'requests' } } },
  })
  const { stripe } = lab
  const prices = await stock(stripe)
  const desk = openDesk(portal, lab)
  return {
    portal,
    prices,
    desk,
    /** Someone who has had a plan for ten days, paid by card. */
    enter: (plan: PlanKey, differs: Partial<Stripe.SubscriptionCreateParams> = {}): Promise<Stay> =>
      desk.enter(
        (async () => {
          const { customer, letTimePass } = await joined(stripe, portal.clock.now - 10 * DAY)
          const { id } = await stripe.subscriptions.create({ customer, items: [{ price: prices[plan] }], ...differs })
          await letTimePass(portal.clock.now)
          return { customer, subscriptions: [id] }
        })(),
      ),
    /** Lets time pass for a customer and for the portal, until then; what Stripe does meanwhile is done. */
    letTimePass: async ({ account, customer, browser }: Stay, until: number): Promise<void> => {
      const found = await stripe.customers.retrieve(customer)
      const clock = found.deleted ? '' : found.test_clock
      await advance(stripe, typeof clock === 'string' ? clock : (clock?.id ?? ''), until)
      portal.clock.now = until
      // Nobody is signed in for a month.
      await browser.enter(account)
    },
    /** The app refuses them, and they follow its link. Answers the check. */
    refuse: async ({ account, browser }: Stay, asked: object): Promise<string> => {
      const question = { account, actor: 'anna', client: 'browser', fresh: true, ...asked }
      const { body, text } = await portal.asApp('POST', '/v1/checks', question)
      const { kind, check } = await browser.exchange(ticketOf(body))
      if (kind !== 'entered') throw new Error(`not entered: ${kind} ${text}`)
      return String(check)
    },
    /** Someone whom Stripe knows and who never had a plan. */
    newcomer: (): Promise<Stay> =>
      desk.enter((async () => ({ customer: (await joined(stripe, portal.clock.now)).customer, subscriptions: [] }))()),
  }
}

export type Market = Awaited<ReturnType<typeof openMarket>>

async function stock(stripe: Stripe): Promise<Readonly<Record<PlanKey, string>>> {
  const sold = await Promise.all(
    Object.entries(catalogue).map(async ([lookup_key, { amount, currency, interval }]) => {
      const { id } = await stripe.prices.create({
        product_data: { name: lookup_key },
        currency,
        unit_amount: amount,
        recurring: { interval },
        lookup_key,
      })
      return [lookup_key, id] as const
    }),
  )
  return Object.fromEntries(sold) as Record<PlanKey, string>
}

/** A customer in Germany with a card, who lives by a clock that starts at `since`. */
async function joined(stripe: Stripe, since: number) {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: since })
  const { id: customer } = await stripe.customers.create({
    name: 'Acme GmbH',
    email: 'anna@acme.example',
    address: { country: 'DE' },
    test_clock: clock.id,
  })
  const { id: card } = await stripe.paymentMethods.attach('pm_card_visa', { customer })
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } })
  return { customer, letTimePass: (until: number) => advance(stripe, clock.id, until) }
}

async function advance(stripe: Stripe, clock: string, until: number): Promise<void> {
  let { status } = await stripe.testHelpers.testClocks.advance(clock, { frozen_time: until })
  while (status === 'advancing') {
    await pause(20)
    status = (await stripe.testHelpers.testClocks.retrieve(clock)).status
  }
}

/** What is offered; fails the test unless it is answered as the contract says. */
export async function offersTo({ browser }: Stay, query = ''): Promise<Offers> {
  const { status, text, body } = await browser.get(`/api/offers${query}`)
  if (status !== 200) throw new Error(`${status} ${text}`)
  return OffersSchema.parse(body)
}

export async function offerOf(stay: Stay, key: string, query = ''): Promise<PlanOffer> {
  const { plans } = await offersTo(stay, query)
  const offer = plans.find((plan) => plan.key === key)
  if (!offer) throw new Error(`${key} is not offered, only ${plans.map(({ key }) => key).join(', ')}`)
  return offer
}

/** The plan that is sent to take an offer up. */
export function planFrom({ key, quantity, subscription, quote }: Omit<PlanOffer, 'helps' | 'current'> | PlanOffer) {
  return {
    invoices: [],
    price: key,
    quantity,
    ...(subscription !== undefined && { subscription }),
    ...(quote.proratedAt !== undefined && { proratedAt: quote.proratedAt }),
    ...(quote.later && { later: laterFrom(quote.later) }),
    total: quote.due,
  }
}

function laterFrom({ at, due, goesOn }: NonNullable<PlanOffer['quote']['later']>) {
  return { at, due, ...(goesOn && { goesOn }) }
}
