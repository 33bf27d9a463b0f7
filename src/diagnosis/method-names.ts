import type { Method } from './account.ts'

/** "Visa", "SEPA Direct Debit": a card by its brand, anything else by its kind, in the spelling of its owner. */
export function methodName({ kind, brand }: Pick<Method, 'kind' | 'brand'>): string {
  return brands[brand ?? ''] ?? kinds[kind] ?? capitalized(brand ?? kind)
}

function capitalized(text: string): string {
  return text.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase())
}

const brands: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  cartes_bancaires: 'Cartes Bancaires',
  eftpos_au: 'eftpos',
}

const kinds: Readonly<Record<string, string>> = {
  card: 'Card',
  sepa_debit: 'SEPA Direct Debit',
  us_bank_account: 'Bank account',
  bacs_debit: 'Bacs Direct Debit',
  link: 'Link',
  paypal: 'PayPal',
}
