import { randomUUID } from 'node:crypto'
import { askedHeaders } from '#server/gateway-headers.ts'
import { keys, owners, payers, payersAndGuests, people, withGuests, everyone, type Row } from './cell.ts'

const bank = { kind: 'none' }
const money = { amount: 49_00, currency: 'eur' }
const empty = { invoices: [] }
const act = (subscription: string) => ({ body: { act: 'keep', subscription } })
const pay = (method: string) => ({ body: { with: { method }, plan: empty } })

/** A gateway passes on whatever is not a refusal, and only an app's own key is told one. */
const forwarded = (path: string): Row => ({
  who: everyone,
  thing: 'account',
  ask: (account) => ({ path, headers: { [askedHeaders.account]: account } }),
  own: (caller) => (keys.some((key) => key === caller) ? 'refused' : 'done'),
  foreign: 'done',
  malformed: 'done',
})

/** What the customers' pages ask. */
export const portalRoutes = {
  'GET /api/visit': { who: withGuests },
  'GET /api/overview': { who: people },
  'GET /api/billing-details': { who: people },
  'POST /api/return': { who: people, thing: 'check', ask: (check) => ({ body: { check } }) },
  'GET /api/people': { who: people },
  'POST /api/people': { who: owners, ask: () => ({ body: { email: 'jo@acme.example', role: 'member' } }) },
  'PUT /api/people/:id/role': {
    who: owners,
    thing: 'person',
    ask: () => ({ body: { role: 'viewer', was: 'member' } }),
  },
  'DELETE /api/people/:id': { who: owners, thing: 'person' },
  // Who was only just invited has not signed in yet.
  'POST /api/people/:id/owner': { who: owners, thing: 'person', ask: () => ({ body: {} }), own: 'invalid' },
  'GET /api/sessions': { who: people },
  'DELETE /api/sessions/:id': { who: people, thing: 'session', malformed: 'missing' },
  'GET /api/export': { who: payers },
  'POST /api/session/end': { who: everyone, ask: () => ({ body: {} }), wears: true },
  'POST /api/session/exchange': { who: everyone, ask: () => ({ body: { ticket: 'nonsense' } }) },
  'POST /api/session/hint': { who: everyone, ask: () => ({ body: { hint: bank } }) },
  'POST /api/session/sign-in': { who: everyone, ask: () => ({ body: { email: `${randomUUID()}@acme.example` } }) },
  'POST /api/session/sign-in/code': { who: everyone, ask: () => ({ body: { code: '000000' } }) },
  'POST /api/session/sign-in/account': {
    who: everyone,
    ask: () => ({ body: { app: 'app_maps', account: 'acct_nobody' } }),
  },
  'POST /api/session/guest': { who: everyone, ask: () => ({ body: { token: 'nonsense' } }) },
  'POST /api/step-up': { who: people, ask: () => ({ body: {} }) },
  'POST /api/step-up/confirm': { who: people, ask: () => ({ body: { code: '000000' } }) },
  'POST /api/letters/stop': { who: everyone, ask: () => ({ body: { token: 'nonsense', on: false } }), own: 'missing' },
  'POST /letters': { who: everyone, ask: () => ({ path: '/letters?stop=nonsense' }), own: 'missing' },
  'GET /api/usage': { who: people },
  'GET /api/usage/history': { who: people, ask: () => ({ path: '/api/usage/history?meter=requests' }) },
  'GET /api/usage/days.csv': {
    who: people,
    ask: () => ({ path: '/api/usage/days.csv?from=2026-11-01&until=2026-11-02' }),
  },
  'PUT /api/usage/alerts': { who: payers, ask: () => ({ body: { alerts: [] } }) },
  'PUT /api/usage/letters': { who: payers, ask: () => ({ body: { on: true } }) },
  'GET /api/plan': { who: people },
  'GET /api/plan/seats': {
    who: payers,
    thing: 'subscription',
    ask: (subscription) => ({ path: `/api/plan/seats?subscription=${subscription}&quantity=2` }),
    // Nothing is quoted while something is owed.
    own: 'missing',
  },
  'POST /api/plan/code': {
    who: payers,
    thing: 'subscription',
    ask: (subscription) => ({ body: { subscription, code: 'NOBODYS' } }),
    foreign: 'done',
  },
  'POST /api/plan': { who: payers, thing: 'subscription', ask: act, foreign: 'done' },
  'GET /api/offers': { who: payers },
  'PUT /api/auto-recharge': {
    who: payers,
    ask: () => ({ body: { on: false, pack: 'credits_1000', threshold: 0, monthly: money } }),
  },
  'GET /api/payment-methods': { who: people },
  'POST /api/payment-methods/assign': {
    who: payers,
    thing: 'method',
    ask: (method) => ({ body: { with: { method }, isDefault: false, plans: [] } }),
  },
  'POST /api/payment-methods/verify': {
    who: payers,
    ask: () => ({ body: { setupIntent: 'seti_Nobodys', proof: { code: 'SM1234' } } }),
    own: 'missing',
  },
  'POST /api/payment-methods/abandon': {
    who: payers,
    ask: () => ({ body: { setupIntent: 'seti_Nobodys' } }),
    own: 'missing',
  },
  'POST /api/payment-methods/backup': {
    who: payers,
    thing: 'method',
    ask: (method) => ({ body: { method, covers: [] } }),
    foreign: 'done',
  },
  'POST /api/payment-methods/backup/withdraw': { who: payers, ask: () => ({ body: {} }) },
  'GET /api/invoices': { who: people },
  'GET /api/invoices.csv': { who: payers },
  'GET /api/invoices/to-pay': { who: payers },
  'GET /api/invoices/:id': { who: people, thing: 'invoice' },
  'GET /api/invoices/:id/:kind': {
    who: payers,
    thing: 'invoice',
    ask: (id) => ({ path: `/api/invoices/${id}/pdf` }),
  },
  'GET /api/credit-notes/:id/pdf': {
    who: payers,
    ask: () => ({ path: '/api/credit-notes/cn_Nobodys/pdf' }),
    own: 'missing',
  },
  'POST /api/fixes/update-card/setup': { who: payersAndGuests, ask: () => ({ body: {} }) },
  'POST /api/fixes/:fix': {
    who: payers,
    thing: 'method',
    ask: (method) => ({ path: '/api/fixes/update-card', ...pay(method) }),
  },
  'POST /api/fixes/confirm-payment': {
    who: payersAndGuests,
    thing: 'invoice',
    ask: (invoice) => ({ body: { invoice, finished: true } }),
    // A guest's link is for what it names.
    foreign: (caller) => (caller === 'guest' ? 'forbidden' : 'missing'),
  },
  'POST /api/fixes/billing-details': { who: payers, ask: () => ({ body: { name: 'Acme GmbH' } }) },
  'POST /api/fixes/raise-cap': { who: payers, ask: () => ({ body: { limit: money } }) },
  'POST /api/asks': { who: people, thing: 'payer', ask: (to) => ({ body: { to } }) },
  'GET /api/guest-links': { who: payers },
  'POST /api/guest-links': {
    who: payers,
    thing: 'invoice',
    ask: (invoice) => ({ body: { fix: 'update-card', plan: { invoices: [invoice], total: money } } }),
    foreign: 'invalid',
  },
  'DELETE /api/guest-links/:id': { who: payers, thing: 'link' },
  'POST /api/payment-methods/remove': {
    who: payers,
    thing: 'method',
    ask: (method) => ({ body: { method, plans: [] } }),
    foreign: 'done',
  },
  // Last: it ends what the others are asked with.
  'POST /api/session/end-all': { who: people, ask: () => ({ body: { who: 'me' } }), wears: true },
} as const satisfies Record<string, Row>

/** What apps ask, and what is open to all. */
export const appRoutes = {
  'POST /v1/classify': { who: keys, ask: () => ({ body: { status: 402, headers: {}, body: '' } }) },
  'GET /v1/events': { who: keys },
  'GET /v1/events/:id': { who: keys, thing: 'event' },
  'POST /v1/events/:id/replay': { who: keys, thing: 'event' },
  'POST /v1/usage': {
    who: keys,
    ask: () => ({ body: { events: [{ id: 'use_1', account: 'acct_nobody', meter: 'requests', quantity: 1 }] } }),
  },
  'GET /v1/accounts/:id/export': { who: keys, thing: 'account' },
  'PUT /v1/accounts/:id': {
    who: keys,
    ask: () => ({ path: '/v1/accounts/acct_new', body: { label: 'New', members: [] } }),
  },
  'GET /v1/accounts/:id': { who: keys, thing: 'account' },
  'DELETE /v1/accounts/:id': { who: keys, ask: () => ({ path: '/v1/accounts/acct_new' }) },
  'POST /v1/checks': { who: keys, thing: 'account', ask: (account) => ({ body: { account } }) },
  'GET /v1/checks/:id': { who: everyone, thing: 'check', bearer: true },
  'GET /v1/forward-auth': forwarded('/v1/forward-auth'),
  'ALL /v1/forward-auth/envoy': forwarded('/v1/forward-auth/envoy'),
  'DELETE /v1/checks/:id': { who: keys, thing: 'check' },
  'POST /v1/sessions': { who: keys, thing: 'account', ask: (account) => ({ body: { account, actor: 'anna' } }) },
  'POST /webhooks/stripe': { who: everyone, ask: () => ({ body: {} }), own: 'invalid' },
  'GET /problems': { who: everyone },
  'GET /problems/:slug': { who: everyone, ask: () => ({ path: '/problems/not-found' }) },
  'GET /docs': { who: everyone },
  'GET /handbook.css': { who: everyone },
  'GET /openapi.json': { who: everyone },
  'GET /livez': { who: everyone },
  'GET /readyz': { who: everyone },
} as const satisfies Record<string, Row>
