import { afterAll, expect, test } from 'vitest'
import { seen } from '#sandbox/stripe/test-moves.ts'
import { findScenario, scenarioNames, scenarioOf } from './scenarios.ts'
import { openTestDemo, type Started } from './test-demo.ts'

const { browser, close, portal, start, stripe } = await openTestDemo()
afterAll(close)

/** What Stripe says now, in the words in which a scenario promises it. */
async function stateOf({ customer, subscriptions, invoice }: Started, several: boolean) {
  const statuses = await Promise.all(subscriptions.map(async (id) => (await stripe.subscriptions.retrieve(id)).status))
  if (customer === '') return { subscriptions: statuses, card: null }
  const open = await stripe.invoices.list({ customer, status: 'open' })
  expect(several ? [] : open.data.map(({ id }) => id)).toEqual(invoice === undefined ? [] : [invoice])
  const owner = await stripe.customers.retrieve(customer, { expand: ['invoice_settings.default_payment_method'] })
  const method = owner.deleted ? null : owner.invoice_settings.default_payment_method
  const card = typeof method === 'object' ? (method?.card?.last4 ?? null) : method
  if (invoice === undefined) return { subscriptions: statuses, card, ...(several && { open: open.data.length }) }
  const found = await stripe.invoices.retrieve(invoice, { expand: ['payments.data.payment.payment_intent'] })
  expect(found.status).toBe('open')
  const payment = found.payments?.data.at(-1)?.payment.payment_intent
  const intent = typeof payment === 'object' ? payment : undefined
  const error = intent?.last_payment_error?.code
  return {
    subscriptions: statuses,
    card,
    invoice: {
      remaining: found.amount_remaining,
      currency: found.currency,
      intent: intent?.status ?? 'none',
      ...(error && { error }),
    },
  }
}

test.each(scenarioNames)(
  '%s leaves at Stripe exactly what it promises, and the portal knows the account',
  async (name) => {
    const answer = await start(name)
    const { promised, label, actor, says = {} } = scenarioOf(name)
    const { customer, subscriptions, account } = answer
    const known = portal.accounts.get(account)
    expect(known).toMatchObject({ label, ...(says.seats !== undefined && { seats: says.seats }) })
    expect([known?.['stripe_customer'] ?? '', known?.['hold'] !== undefined]).toEqual([
      customer,
      says.hold !== undefined,
    ])
    const used = portal.used.get(account)
    // A month of weekdays and weekends comes to some thirty ordinary days.
    const month = Object.entries(says.daily ?? {}).map(([meter, daily]) => (used?.[meter] ?? 0) / daily)
    expect(month.every((days) => days > 25 && days < 40)).toBe(true)
    expect(says.daily ? Object.keys(used ?? {}) : used).toEqual(says.daily ? Object.keys(says.daily) : says.used)
    expect(answer.actor).toBe(actor)
    const found = 'card' in promised ? stateOf(answer, 'open' in promised) : seen({ stripe }, subscriptions[0] ?? '')
    expect(await found).toEqual(promised)
  },
)

test('the start page offers every scenario and allows its form to end at the portal', async () => {
  const response = await browser()('/')
  const html = await response.text()
  for (const name of scenarioNames) expect(html).toContain(`action="/scenarios/${name}"`)
  expect(response.headers.get('content-security-policy')).toContain(`form-action 'self' ${portal.origin}`)
  expect(html).not.toMatch(/<script|<style|style=/)
})

test('what is looked for is found by its words, and everything else is left out', async () => {
  const visit = browser()
  const offered = async (words: string) =>
    [...(await (await visit(`/?q=${words}`)).text()).matchAll(/action="\/scenarios\/([^"]+)"/g)].map(([, name]) => name)
  expect(await offered('s31')).toEqual(['state/S31'])
  expect(await offered('seat_limit')).toEqual(['seats-taken', 'seats-of-plan'])
  expect(await offered('EXPIRED+spending')).toEqual(['two-steps'])
  expect(await offered('%3Cscript%3E')).toEqual([])
})

test('a reason is a name too', async () => {
  expect(findScenario('spend_cap_reached')).toBe('spend-cap')
  expect(findScenario('state/S31')).toBe('state/S31')
  expect(findScenario('toString')).toBeUndefined()
  expect((await browser()('/scenarios/nothing', { method: 'POST' })).status).toBe(404)
})
