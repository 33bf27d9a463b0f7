import {
  berlin,
  customerSince,
  expireCard,
  letTimePass,
  openInvoice,
  saveCard,
  subscribe,
  type DemoCustomer,
  type Studio,
  type Who,
} from './customer.ts'
import type { Lab } from './lab.ts'
import { latest, unpaid } from './moves.ts'
import type { PriceKey } from './prices.ts'

/** What a scenario leaves behind in Stripe. */
export type Built = {
  /** Empty where the account is not at Stripe at all. */
  readonly customer: string
  readonly subscriptions: readonly string[]
  /** The open invoice that blocks, where there is one. */
  readonly invoice?: string
}

export type Builder = (studio: Studio, who: Who) => Promise<Built>

/** Days: a month and some, so that one renewal lies behind; its invoice is then nine to twelve days old. */
const LONG_AGO = 40
/** Days: the renewal was two to five days ago, within the usual grace of seven. */
const LATELY = 33

/**
 * A customer who has paid once, and whose renewal meets what `before` has made of their card.
 */
function renewalAfter(
  before: (studio: Studio, customer: DemoCustomer & { card: string }) => Promise<unknown>,
  { daysAgo = LONG_AGO, price = 'team_monthly' as PriceKey, open = true } = {},
): Builder {
  return async (studio, who) => {
    const customer = await customerSince(studio, daysAgo, { ...who, card: 'pm_card_visa' })
    const subscription = await subscribe(studio, customer, price)
    await before(studio, { ...customer, card: customer.card ?? '' })
    await letTimePass(studio, customer)
    const built = { customer: customer.id, subscriptions: [subscription] }
    return open ? { ...built, invoice: await openInvoice(studio, customer) } : built
  }
}

const replaceCard = (template: string) => (studio: Studio, customer: DemoCustomer) =>
  saveCard(studio, customer, template)

export const cardExpired = renewalAfter((studio, customer) => expireCard(studio, customer, customer.card))
export const cardDeclined = renewalAfter(replaceCard('pm_card_chargeCustomerFail'))
export const bankAsks = renewalAfter(replaceCard('pm_card_authenticationRequired'))
export const noCard = renewalAfter(({ stripe }, { card }) => stripe.paymentMethods.detach(card))
export const yen = renewalAfter(replaceCard('pm_card_chargeCustomerFail'), { price: 'team_monthly_jpy' })
export const inGrace = renewalAfter(replaceCard('pm_card_chargeCustomerFail'), { daysAgo: LATELY })
export const healthy = renewalAfter(async () => {}, { open: false })

/** Two plans that are counted together, paid and renewed once. */
export const withAddon: Builder = async (studio, who) => {
  const customer = await customerSince(studio, LONG_AGO, { ...who, card: 'pm_card_visa' })
  const team = await subscribe(studio, customer, 'team_monthly')
  const addon = await subscribe(studio, customer, 'addon_monthly')
  await letTimePass(studio, customer)
  return { customer: customer.id, subscriptions: [team, addon] }
}

/** One number of each kind of answer by the tax office; the sandbox knows them by their last digits. */
export const taxNumbers = renewalAfter(
  async ({ stripe }, { id }) => {
    for (const value of ['DE000000000', 'ATU11111111', 'FRAB222222222']) {
      await stripe.customers.createTaxId(id, { type: 'eu_vat', value })
    }
  },
  { open: false },
)

/** The renewal failed, then a working card was saved: Stripe does not collect an old invoice because of that. */
export const newCardTooLate: Builder = async (studio, who) => {
  const built = await cardDeclined(studio, who)
  await saveCard(studio, { id: built.customer }, 'pm_card_mastercard')
  return built
}

/** Paid by a bank debit days ago, and not through yet. */
export const paymentProcessing: Builder = async (studio, who) => {
  const built = await cardDeclined(studio, who)
  const { stripe } = studio
  const debit = await stripe.paymentMethods.attach('pm_sepaDebit_successDelayed_de', { customer: built.customer })
  if (built.invoice !== undefined) await stripe.invoices.pay(built.invoice, { payment_method: debit.id })
  return built
}

/** An invoice for the year, to be paid by hand within thirty days, of which forty are over. */
export const invoiceByEmail: Builder = async (studio, who) => {
  const customer = await customerSince(studio, LONG_AGO, who)
  const subscription = await subscribe(studio, customer, 'pro_yearly', {
    collection_method: 'send_invoice',
    days_until_due: 30,
  })
  await letTimePass(studio, customer)
  return { customer: customer.id, subscriptions: [subscription], invoice: await openInvoice(studio, customer) }
}

/** A checkout left halfway, just now: Stripe keeps it open for 23 hours. No clock, so that it really runs out. */
export const firstPaymentUnfinished: Builder = async (studio, who) => {
  const customer = await studio.stripe.customers.create({ ...who, address: berlin })
  const subscription = await subscribe(studio, customer, 'team_monthly', {
    payment_behavior: 'default_incomplete',
    payment_settings: { save_default_payment_method: 'on_subscription' },
  })
  return { customer: customer.id, subscriptions: [subscription], invoice: await openInvoice(studio, customer) }
}

/** The customer's new default card pays one plan; the add-on has its own, older card, which has expired. */
export const onePinned: Builder = async (studio, who) => {
  const customer = await customerSince(studio, LONG_AGO, { ...who, card: 'pm_card_visa' })
  const old = customer.card ?? ''
  const team = await subscribe(studio, customer, 'team_monthly')
  const addon = await subscribe(studio, customer, 'addon_monthly', { default_payment_method: old })
  await saveCard(studio, customer, 'pm_card_mastercard')
  await expireCard(studio, customer, old)
  await letTimePass(studio, customer)
  return { customer: customer.id, subscriptions: [team, addon], invoice: await openInvoice(studio, customer) }
}

/** Pays by card since today and lives in real time: an account to look around in. */
export const paidToday: Builder = async (studio, who) => {
  const customer = await studio.stripe.customers.create({ ...who, address: berlin })
  await saveCard(studio, customer, 'pm_card_visa')
  return { customer: customer.id, subscriptions: [await subscribe(studio, customer, 'team_monthly')] }
}

/** A trial of thirty days that ran out without a card ten days ago, and what the merchant has chosen to become of it. */
const trialThat = (missing: 'pause' | 'cancel'): Builder => {
  return async (studio, who) => {
    const customer = await customerSince(studio, LONG_AGO, who)
    const subscription = await subscribe(studio, customer, 'team_monthly', {
      trial_period_days: 30,
      trial_settings: { end_behavior: { missing_payment_method: missing } },
    })
    await letTimePass(studio, customer)
    return { customer: customer.id, subscriptions: [subscription] }
  }
}

export const trialPaused = trialThat('pause')
export const trialEnded = trialThat('cancel')

export const subscriptionEnded: Builder = async (studio, who) => {
  const built = await healthy(studio, who)
  for (const subscription of built.subscriptions) await studio.stripe.subscriptions.cancel(subscription)
  return built
}

/** A card is on file, and nothing was ever bought with it. */
export const neverSubscribed: Builder = async (studio, who) => {
  const customer = await customerSince(studio, 0, { ...who, card: 'pm_card_visa' })
  return { customer: customer.id, subscriptions: [] }
}

/** The app has just made the account; Stripe has never heard of it. */
export const notAtStripe: Builder = async () => ({ customer: '', subscriptions: [] })

/** Three seats at a price for each. */
export const threeSeats: Builder = async (studio, who) => {
  const customer = await customerSince(studio, LONG_AGO, { ...who, card: 'pm_card_visa' })
  const items = [{ price: studio.prices.studio_monthly, quantity: 3 }]
  const subscription = await subscribe(studio, customer, 'studio_monthly', { items })
  await letTimePass(studio, customer)
  return { customer: customer.id, subscriptions: [subscription] }
}

export const withoutAddress: Builder = async (studio, who) => {
  const built = await healthy(studio, who)
  await studio.stripe.customers.update(built.customer, { address: '' })
  return built
}

/** Someone removed the customer in Stripe's dashboard, and all subscriptions with it. */
export const customerDeleted: Builder = async (studio, who) => {
  const built = await healthy(studio, who)
  await studio.stripe.customers.del(built.customer)
  return built
}

/** The cardholder told the bank that the last payment was none of theirs. */
export const chargeContested = async (lab: Lab, who: Who): Promise<Built> => {
  const built = await healthy(lab, who)
  const { data } = await lab.stripe.charges.list({ customer: built.customer, limit: 1 })
  await lab.lever('POST', `charges/${data[0]?.id}/dispute`, {})
  return built
}

/** Stripe keeps it closed, and there is nothing to pay: the merchant voided what was owed. */
export const closedForNothing = async (lab: Lab, who: Who): Promise<Built> => {
  const made = await unpaid(lab, who)
  await lab.stripe.invoices.voidInvoice(await latest(lab, made))
  return { customer: made.customer, subscriptions: [made.id] }
}
