import { createHash } from 'node:crypto'
import {
  bankOutcome,
  brandOf,
  cardByNumber,
  cardByTemplate,
  isBankTemplate,
  type CardBehaviour,
} from '#sandbox/stripe/cards.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { declined, invalid, missing } from '#sandbox/stripe/kernel/errors.ts'
import {
  newCardFace,
  newPaymentMethod,
  type BillingDetails,
  type PaymentMethod,
} from '#sandbox/stripe/objects/payment-method.ts'
import type { World } from '#sandbox/stripe/world.ts'

export type CardInput = { number: string; exp_month: number; exp_year: number; cvc?: string | undefined }

/**
 * A card from its number, checked as Stripe checks it on entry.
 * @throws {Refusal} 402 incorrect_number, invalid_expiry_month, invalid_expiry_year, invalid_cvc
 */
export function mintCard(world: World, input: CardInput, details: Partial<BillingDetails>): PaymentMethod {
  const number = input.number.replaceAll(/[\s-]/g, '')
  const now = world.now()
  if (!passesLuhn(number)) throw wrong('incorrect_number', 'number', 'Your card number is incorrect.')
  if (input.exp_month < 1 || input.exp_month > 12)
    throw wrong('invalid_expiry_month', 'exp_month', "Your card's expiration month is invalid.")
  const year = input.exp_year < 100 ? 2000 + input.exp_year : input.exp_year
  const today = new Date(now * 1000)
  if (year < today.getUTCFullYear() || year > today.getUTCFullYear() + 50) {
    throw wrong('invalid_expiry_year', 'exp_year', "Your card's expiration year is invalid.")
  }
  if (isExpired(input.exp_month, year, now))
    throw wrong('invalid_expiry_month', 'exp_month', "Your card's expiration month is invalid.")
  const digits = brandOf(number) === 'amex' ? /^\d{3,4}$/ : /^\d{3}$/
  if (input.cvc !== undefined && !digits.test(input.cvc))
    throw wrong('invalid_cvc', 'cvc', "Your card's security code is invalid.")
  return store(world, card(now, cardByNumber(number), input.exp_month, year, input.cvc !== undefined, details))
}

/** A fresh payment method from a template id such as `pm_card_visa`, or undefined when it names none. */
export function mintFromTemplate(world: World, template: string): PaymentMethod | undefined {
  const now = world.now()
  const behaviour = cardByTemplate(template)
  if (behaviour !== undefined)
    return store(world, card(now, behaviour, 12, new Date(now * 1000).getUTCFullYear() + 3, true, {}))
  if (!isBankTemplate(template)) return undefined
  return store(
    world,
    template.startsWith('pm_sepa') ? sepaAccount(now, template) : usAccount(now, template, '6789', {}),
  )
}

/** A US bank account by its test account number. */
export function mintBankAccount(world: World, account: string, details: Partial<BillingDetails>): PaymentMethod {
  return store(
    world,
    usAccount(world.now(), bankTemplates[account] ?? 'pm_usBankAccount_success', account.slice(-4), details),
  )
}

/** A Link account by its address; it pays as a good card does. */
export function mintLink(world: World, details: Partial<BillingDetails>): PaymentMethod {
  const method = newPaymentMethod(newId('pm'), world.now(), 'link', '4242424242424242', details)
  method.link = { email: details.email ?? null }
  return store(world, method)
}

const bankTemplates: { [account: string]: string } = {
  '000123456789': 'pm_usBankAccount_success',
  '000000000009': 'pm_usBankAccount_processing',
  '000111111113': 'pm_usBankAccount_accountClosed',
  '000111111116': 'pm_usBankAccount_noAccount',
  '000222222227': 'pm_usBankAccount_insufficientFunds',
  '000333333335': 'pm_usBankAccount_debitNotAuthorized',
}

/** True once the last day of the card's month is over (UTC). */
export function isExpired(month: number, year: number, now: number): boolean {
  return Date.UTC(year, month, 1) / 1000 <= now
}

/**
 * The payment method a parameter names, for use with `customer`; templates become fresh ones.
 * @throws {Refusal} 400 when it belongs to another customer or was detached
 */
export function usablePaymentMethod(world: World, id: string, customer: string | null, param: string): PaymentMethod {
  const held = world.tables.payment_method.get(id) ?? mintFromTemplate(world, id)
  if (held === undefined) throw missing('PaymentMethod', id, param)
  if (held.sandbox.detached) {
    const message =
      'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.'
    throw invalid(message, { param })
  }
  if (held.customer !== null && held.customer !== customer) {
    const owner = customer === null ? 'Please include the Customer in the customer parameter' : `Customer ${customer}`
    throw invalid(
      customer === null
        ? `The provided PaymentMethod (${id}) is attached to a Customer. ${owner}.`
        : `The customer does not have a payment method with the ID ${id}. The payment method must be attached to ${owner}.`,
      { param },
    )
  }
  return held
}

/**
 * The customer's own, attached payment method; templates and unattached ones are refused.
 * @throws {Refusal} 400 resource_missing
 */
export function attachedPaymentMethod(world: World, id: string, customer: string, param: string): PaymentMethod {
  const held = world.tables.payment_method.get(id)
  if (held !== undefined && held.customer === customer) return held
  if (held === undefined && cardByTemplate(id) === undefined && !isBankTemplate(id))
    throw missing('PaymentMethod', id, param)
  const message = `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`
  throw invalid(message, { code: 'resource_missing', param })
}

function card(
  now: number,
  behaviour: CardBehaviour,
  month: number,
  year: number,
  cvcGiven: boolean,
  details: Partial<BillingDetails>,
): PaymentMethod {
  const method = newPaymentMethod(newId('pm'), now, 'card', behaviour.number, details)
  const digits = behaviour.number.replace(/\D/g, '')
  method.card = newCardFace({
    brand: behaviour.brand,
    country: behaviour.country,
    exp_month: month,
    exp_year: year,
    fingerprint: fingerprint(behaviour.number),
    funding: behaviour.funding,
    last4: digits.slice(-4),
  })
  method.sandbox.cvcGiven = cvcGiven
  return method
}

function usAccount(now: number, template: string, last4: string, details: Partial<BillingDetails>): PaymentMethod {
  const method = newPaymentMethod(newId('pm'), now, 'us_bank_account', template, { name: 'Jenny Rosen', ...details })
  const fixed = {
    account_holder_type: 'individual',
    financial_connections_account: null,
    networks: { preferred: 'ach', supported: ['ach'] },
    status_details: null,
  }
  const face = {
    account_type: 'checking',
    bank_name: 'STRIPE TEST BANK',
    fingerprint: fingerprint(template),
    last4,
    routing_number: '110000000',
  }
  method.us_bank_account = { ...fixed, ...face }
  return method
}

function sepaAccount(now: number, template: string): PaymentMethod {
  const method = newPaymentMethod(newId('pm'), now, 'sepa_debit', template, {
    name: 'Jenny Rosen',
    email: 'jenny@example.com',
  })
  const country = template.slice(-2).toUpperCase()
  const fixed = { branch_code: null, generated_from: { charge: null, setup_attempt: null } }
  method.sepa_debit = {
    ...fixed,
    bank_code: '19043',
    country,
    fingerprint: fingerprint(template),
    last4: bankOutcome(template)?.failure === null ? '3201' : '3202',
  }
  return method
}

function store(world: World, method: PaymentMethod): PaymentMethod {
  world.tables.payment_method.set(method.id, method)
  world.onChange()
  return method
}

function fingerprint(number: string): string {
  return createHash('sha256').update(number).digest('base64url').replaceAll(/[-_]/g, '').slice(0, 16)
}

function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false
  const sum = number
    .split('')
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return sum % 10 === 0
}

function wrong(code: string, param: string, message: string) {
  return declined({ code, param, message })
}
