import type { Address, Metadata } from './customer.ts'

export type BillingDetails = {
  address: Address | null
  email: string | null
  name: string | null
  phone: string | null
  tax_id: string | null
}

type Checks = {
  address_line1_check: string | null
  address_postal_code_check: string | null
  cvc_check: string | null
}

export type CardFace = {
  brand: string
  checks: Checks
  country: string
  exp_month: number
  exp_year: number
  fingerprint: string
  funding: string
  last4: string
  wallet: Wallet | null
}

/** From which wallet a card came: its type, and an empty object of that name. */
type Wallet = { type: string; dynamic_last4: string | null; [type: string]: unknown }

export type PaymentMethod = {
  id: string
  object: 'payment_method'
  created: number
  type: 'card' | 'us_bank_account' | 'sepa_debit' | 'link'
  customer: string | null
  billing_details: BillingDetails
  metadata: Metadata
  allow_redisplay: 'always' | 'limited' | 'unspecified'
  card?: CardFace
  us_bank_account?: {
    last4: string
    bank_name: string
    routing_number: string
    account_type: string
    fingerprint: string
    status_details: { blocked?: { network_code: string; reason: string } } | null
  }
  link?: { email: string | null }
  sepa_debit?: { last4: string; country: string; bank_code: string; fingerprint: string }
  /** `behaves`: the test number or bank template it follows; `setUp`: authenticated for later charges. */
  sandbox: { behaves: string; cvcGiven: boolean; setUp: boolean; detached: boolean }
}

export function newPaymentMethod(
  id: string,
  created: number,
  type: PaymentMethod['type'],
  behaves: string,
  details: Partial<BillingDetails> = {},
): PaymentMethod {
  const fixed = { livemode: false, customer_account: null }
  return {
    id,
    object: 'payment_method',
    ...fixed,
    created,
    type,
    customer: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null, ...details },
    metadata: {},
    allow_redisplay: 'unspecified',
    sandbox: { behaves, cvcGiven: false, setUp: false, detached: false },
  }
}

export function newCardFace(face: Omit<CardFace, 'checks' | 'wallet'>): CardFace {
  const fixed = {
    display_brand: face.brand,
    generated_from: null,
    networks: { available: [face.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: face.brand !== 'amex' },
    wallet: null,
  }
  return { ...fixed, ...face, checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null } }
}
