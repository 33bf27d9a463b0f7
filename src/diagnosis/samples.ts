import type { Account, Invoice, Method, Subscription } from './account.ts'

/** A cast of accounts for tests: each says only what differs from good standing. Noon on 22 November 2026, UTC. */
export const noon = 1_795_348_800

const DAY = 86_400

export const visa: Method = { id: 'pm_visa', kind: 'card', brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030 }
export const expiredVisa: Method = { ...visa, id: 'pm_expired', last4: '0341', expMonth: 9, expYear: 2026 }

export function subscription(differs: Partial<Subscription> = {}): Subscription {
  return {
    id: 'sub_team',
    status: 'active',
    plan: 'Team',
    items: [{ id: 'si_team', price: 'price_team', key: 'team_monthly', quantity: 1 }],
    quantity: 1,
    price: { amount: 49_00, currency: 'eur' },
    interval: { unit: 'month', count: 1 },
    created: noon - 40 * DAY,
    periodEnd: noon + 20 * DAY,
    latestInvoice: 'in_october',
    ...differs,
  }
}

/** An open invoice, due ten days ago: past the usual grace. */
export function openInvoice(differs: Partial<Invoice> = {}): Invoice {
  return {
    id: 'in_october',
    status: 'open',
    number: 'ACME-0007',
    subscription: 'sub_team',
    remaining: { amount: 49_00, currency: 'eur' },
    created: noon - 10 * DAY,
    due: noon - 10 * DAY,
    period: { start: noon - 40 * DAY, end: noon - 10 * DAY },
    collection: 'charge_automatically',
    payment: { state: 'requires_payment_method' },
    ...differs,
  }
}

export function accountInGoodStanding(differs: Partial<Account> = {}): Account {
  return {
    id: 'acct_acme',
    asOf: noon,
    source: 'live',
    customer: 'present',
    method: visa,
    subscriptions: [subscription()],
    openInvoices: [],
    ...differs,
  }
}

/** Past due beyond its grace, with one open invoice that differs as given. */
export function accountThatOwes(differs: Partial<Invoice> = {}, method: Method | null = visa): Account {
  const { method: _, ...account } = accountInGoodStanding({
    subscriptions: [subscription({ status: 'past_due' })],
    openInvoices: [openInvoice(differs)],
  })
  return method ? { ...account, method } : account
}
