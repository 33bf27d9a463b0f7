import { healthy, type Builder, type Built } from './building.ts'
import { customerSince, letTimePass, openInvoice, saveCard, subscribe, type Who } from './customer.ts'
import type { Lab } from './lab.ts'

const DAY = 86_400

/** Whole calendar months from `from` (unix seconds), as a card says when it ends. */
function cardEnding(from: number, months: number): { exp_month: number; exp_year: number } {
  const end = new Date(from * 1_000)
  end.setUTCDate(1)
  end.setUTCMonth(end.getUTCMonth() + months)
  return { exp_month: end.getUTCMonth() + 1, exp_year: end.getUTCFullYear() }
}

/** The card that pays ends with this month. */
export const cardEndsSoon: Builder = async (studio, who) => {
  const built = await healthy(studio, who)
  const { data } = await studio.stripe.customers.listPaymentMethods(built.customer)
  await studio.stripe.paymentMethods.update(data[0]?.id ?? '', { card: cardEnding(studio.now, 0) })
  return built
}

/** A plan on the account's default card, and an add-on on a card of its own. */
export const ownCards: Builder = async (studio, who) => {
  const customer = await customerSince(studio, 40, { ...who, card: 'pm_card_visa' })
  const addonCard = await studio.stripe.paymentMethods.attach('pm_card_mastercard', { customer: customer.id })
  const team = await subscribe(studio, customer, 'team_monthly')
  const addon = await subscribe(studio, customer, 'addon_monthly', { default_payment_method: addonCard.id })
  await letTimePass(studio, customer)
  return { customer: customer.id, subscriptions: [team, addon] }
}

/** Nobody has saved anything yet, and the trial still runs. */
export const trialWithoutCard: Builder = async (studio, who) => {
  const customer = await customerSince(studio, 0, who)
  return {
    customer: customer.id,
    subscriptions: [await subscribe(studio, customer, 'team_monthly', { trial_period_days: 14 })],
  }
}

const kinds = [
  'pm_card_mastercard',
  'pm_card_amex',
  'pm_card_discover',
  'pm_card_jcb',
  'pm_card_unionpay',
  'pm_card_visa_debit',
  'pm_card_fr',
  'pm_card_de',
  'pm_card_gb',
  'pm_card_diners',
  'pm_card_br',
  'pm_card_in',
  'pm_card_mastercard_debit',
] as const

/** Twenty of every kind that Stripe keeps: cards, from wallets too, bank accounts, Link; one is over, one is closed. */
export const manyMethods = async (lab: Lab, who: Who): Promise<Built> => {
  const built = await ownCards(lab, who)
  const { stripe, lever, now } = lab
  const { customer } = built
  const attach = async (id: string) => (await stripe.paymentMethods.attach(id, { customer })).id
  for (const kind of kinds) await attach(kind)
  const old = await attach('pm_card_visa')
  await stripe.paymentMethods.update(old, { card: cardEnding(now - 62 * DAY, 0) })
  await attach('pm_sepaDebit_success_de')
  const closed = await attach('pm_usBankAccount_success')
  await lever('POST', `payment_methods/${closed}`, { blocked: 'bank_account_closed' })
  const link = await stripe.paymentMethods.create({ type: 'link', billing_details: { email: who.email } })
  await attach(link.id)
  await lever('POST', `payment_methods/${await attach('pm_card_visa')}`, { wallet: 'apple_pay' })
  return built
}

/** Pays by card; a bank account was added as well, and its owner is to name what Stripe has sent there. */
export const bankToVerify: Builder = async (studio, who) => {
  const built = await healthy(studio, who)
  await studio.stripe.setupIntents.create({
    customer: built.customer,
    payment_method_data: {
      type: 'us_bank_account',
      billing_details: { name: who.name },
      us_bank_account: {
        account_holder_type: 'company',
        account_number: '000123456789',
        routing_number: '110000000',
      },
    },
    payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
    confirm: true,
  })
  return built
}

/** Pays by bank debit: the renewal was asked for a few days ago, and is not through yet. */
export const debitOnItsWay: Builder = async (studio, who) => {
  const customer = await customerSince(studio, 33, { ...who, card: 'pm_card_visa' })
  const subscription = await subscribe(studio, customer, 'team_monthly')
  await saveCard(studio, customer, 'pm_sepaDebit_processing_de')
  await letTimePass(studio, customer)
  return { customer: customer.id, subscriptions: [subscription], invoice: await openInvoice(studio, customer) }
}
