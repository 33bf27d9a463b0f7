import type { Method } from './account.ts'

/**
 * The currencies (ISO 4217, small letters as Stripe writes them) that a kind of payment method pays in, where they are
 * few. A kind that is not here pays in any, as cards do, or Stripe knows better
 * (https://docs.stripe.com/payments/payment-methods/payment-method-support#country-currency-support).
 */
const payable: Readonly<Record<string, readonly string[]>> = {
  sepa_debit: ['eur'],
  us_bank_account: ['usd'],
  bacs_debit: ['gbp'],
  au_becs_debit: ['aud'],
  payto: ['aud'],
  acss_debit: ['cad', 'usd'],
  nz_bank_account: ['nzd'],
  cashapp: ['usd'],
  kr_card: ['krw'],
  kakao_pay: ['krw'],
  naver_pay: ['krw'],
}

/** What it pays in; undefined where that is any currency. */
export function currenciesOf({ kind }: Pick<Method, 'kind'>): readonly string[] | undefined {
  return payable[kind]
}

export function canPayAll(method: Pick<Method, 'kind'>, currencies: readonly string[]): boolean {
  return currencies.every((currency) => canPayIn(method, currency))
}

/** Whether it can pay in this currency; without one nothing stands against it. */
export function canPayIn(method: Pick<Method, 'kind'>, currency: string | undefined): boolean {
  return currency === undefined || (currenciesOf(method)?.includes(currency.toLowerCase()) ?? true)
}
