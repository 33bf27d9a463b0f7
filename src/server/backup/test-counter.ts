import { randomUUID } from 'node:crypto'
import { MethodsPageSchema } from '#contract/methods.ts'
import { idOf } from '#server/stripe/client.ts'
import { openDesk, type Lab, type Stay } from '#server/stripe/test-desk.ts'
import { members, webhookSecret, type TestPortal } from '#server/test-portal.ts'

const HOUR = 3_600
export const who = { name: 'Acme GmbH', email: 'anna@acme.example' }

/** What the sandbox's demo builds. */
export type Yard = {
  /** An account that has paid by Visa so far. */
  readonly build: () => Promise<{ customer: string; subscriptions: readonly string[] }>
  readonly saveDefault: (customer: string, template: string) => Promise<unknown>
  /** Moves a test clock to that moment, unix seconds. */
  readonly advance: (clock: string, to: number) => Promise<void>
}

export type Client = Stay & {
  /** The owner's address, where letters go. */
  readonly anna: string
  readonly backup: string
  readonly clock: string
}

/** For tests: accounts with a backup, and renewals that fail. */
export function openCounter(portal: TestPortal, lab: Lab, { build, saveDefault, advance }: Yard) {
  const { stripe } = lab
  const desk = openDesk(portal, lab)

  /** An account that has paid by Visa so far, and has another card saved. */
  async function enter(template = 'pm_card_mastercard'): Promise<Client> {
    const stay = await desk.enter(build())
    const anna = `anna+${stay.account}@acme.example`
    const people = [{ ...members[0], email: anna }, ...members.slice(1)]
    await portal.register(stay.account, { label: 'Acme GmbH', stripe_customer: stay.customer, members: people })
    const customer = await stripe.customers.retrieve(stay.customer)
    const clock = customer.deleted ? '' : (idOf(customer.test_clock) ?? '')
    return { ...stay, anna, clock, backup: await desk.otherCard(stay.customer, template) }
  }

  const pageOf = async ({ browser }: Stay) => MethodsPageSchema.parse((await browser.get('/api/payment-methods')).body)

  /** Agrees to the backup, as the page shows it. */
  async function agree(client: Client, method = client.backup): Promise<unknown> {
    const { methods } = await pageOf(client)
    const covers = methods
      .filter((one) => one.method.id !== method && (one.isDefault || one.plans.length > 0))
      .map((one) => one.method.id)
    return (await client.browser.post('/api/payment-methods/backup', { method, covers })).body
  }

  /** The next renewal comes, and the default meets what `template` stands for. Answers the open invoice. */
  async function fail({ customer, clock }: Client, template = 'pm_card_chargeCustomerFail'): Promise<string> {
    await saveDefault(customer, template)
    return renew({ customer, clock })
  }

  async function renew({ customer, clock }: Pick<Client, 'customer' | 'clock'>): Promise<string> {
    const { data: subscriptions } = await stripe.subscriptions.list({ customer, limit: 1 })
    // Stripe charges a renewal an hour after it has drafted it.
    await advance(clock, (subscriptions[0]?.items.data[0]?.current_period_end ?? 0) + 2 * HOUR)
    const { data } = await stripe.invoices.list({ customer, limit: 1 })
    return data[0]?.id ?? ''
  }

  /** Stripe tells; the same event may come again. */
  async function tell(
    { customer }: Pick<Client, 'customer'>,
    type = 'invoice.payment_failed',
    id = `evt_${randomUUID()}`,
  ) {
    const payload = JSON.stringify({ id, object: 'event', type, data: { object: { object: 'invoice', customer } } })
    const signed = { payload, secret: webhookSecret, timestamp: portal.clock.now }
    const headers = { 'stripe-signature': stripe.webhooks.generateTestHeaderString(signed) }
    const { status } = await portal.ask('POST', '/webhooks/stripe', { body: payload, headers })
    if (status !== 200) throw new Error(`the event was answered ${status}`)
  }

  const statusOf = async (invoice: string): Promise<string | null> => (await stripe.invoices.retrieve(invoice)).status

  /** What charges the invoice has seen: what was charged, and what came of it. */
  async function chargesOf({ customer }: Pick<Client, 'customer'>, invoice: string): Promise<readonly string[]> {
    const { charges } = (await lab.lever('GET', `ledger?customer=${customer}`)) as {
      charges: { invoice: string | null; status: string; payment_method: string }[]
    }
    return charges.filter((charge) => charge.invoice === invoice).map(({ status }) => status)
  }

  return { desk, enter, pageOf, agree, fail, renew, tell, statusOf, chargesOf }
}

export type Counter = ReturnType<typeof openCounter>
