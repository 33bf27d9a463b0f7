import type { SessionRole } from '#contract/account.ts'
import type { Offers } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import { diagnosisOf } from '#diagnosis/cast.ts'
import { reasons, type Reason } from '#diagnosis/reason.ts'
import { noon, visa } from '#diagnosis/samples.ts'
import { mustAsk } from './ask-admin.tsx'
import { fixPath, paths, withCheck } from './paths.ts'
import { check, inOrder, problem, visitOf, type Network } from './stage.tsx'

/** For tests: every reason, hint, role and condition that a person can arrive with, and the screen that is right for them. */

export type Role = SessionRole
type Answer = readonly [number, unknown]

/** What the address says; live state decides. `at` is where the person arrives, `reported` what the app believed. */
export type Arrival = { readonly at: string; readonly check?: Visit['check']; readonly isForged?: true }

const other = (reason: Reason): Reason => reasons[(reasons.indexOf(reason) + 7) % reasons.length] ?? 'unknown'
const refused = (reported: Reason, held: Reason): Visit['check'] => ({
  id: check,
  reported,
  returns: 0,
  reasons: [held],
  at: noon - 60,
})

export const hints = {
  right: (reason) => ({ at: withCheck(paths.enter, check), check: refused(reason, reason) }),
  wrong: (reason) => ({ at: withCheck(paths.enter, check), check: refused(other(reason), reason) }),
  /** A bookmark of the screen for what was wrong before. */
  stale: (reason) => ({
    at: fixPath(diagnosisFixOf(other(reason)), check),
    check: refused(other(reason), other(reason)),
  }),
  missing: () => ({ at: paths.enter }),
  forged: () => ({ at: withCheck(paths.enter, 'chk_forgedforgedforgedforg'), isForged: true }),
} as const satisfies Record<string, (reason: Reason) => Arrival>

export type Hint = keyof typeof hints

function diagnosisFixOf(reason: Reason) {
  return diagnosisOf(reason).blockers[0]?.fix ?? 'diagnosis'
}

export const roles = {
  owner: { mayPay: true },
  billing_admin: { mayPay: true },
  member: { mayPay: false },
  viewer: { mayPay: false },
  guest: { mayPay: true },
} as const satisfies Record<Role, { readonly mayPay: boolean }>

/** What a person of this role is told when they arrive: members see no money, guests only what their link is for. */
export function visitFor(reason: Reason, role: Role, arrival: Arrival): Visit {
  const diagnosis = roles[role].mayPay ? diagnosisOf(reason) : withoutMoney(diagnosisOf(reason))
  const { check: _, ...visit } = visitOf(diagnosis, { mayPay: roles[role].mayPay })
  return {
    ...visit,
    ...(arrival.check && { check: arrival.check }),
    member: { id: 'u_kim', name: 'Kim', role },
    methods: roles[role].mayPay && role !== 'guest' ? [visa] : [],
    ...(role === 'guest' && { guest: guestOf(visit) }),
  }
}

function guestOf({ diagnosis }: Visit): NonNullable<Visit['guest']> {
  const [blocker] = diagnosis.blockers
  const debt = blocker && 'debt' in blocker ? blocker.debt : undefined
  const none = { total: { amount: 49_00, currency: 'eur' }, invoices: [] }
  return { state: debt ? 'open' : 'settled', debt: debt ?? none, keepsCard: false, by: 'Anna' }
}

const money: readonly string[] = ['debt', 'method', 'price', 'limit', 'spent']

function withoutMoney<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (money.includes(key) ? undefined : inner))) as T
}

const eur = (amount: number) => ({ amount, currency: 'eur' })
const month = { unit: 'month', count: 1 } as const

const offers: Offers = {
  plans: [
    {
      key: 'business_monthly',
      name: 'Business',
      price: eur(149_00),
      interval: month,
      quantity: 1,
      features: ['offline_maps'],
      limits: [{ meter: 'requests', name: 'Map requests', unit: 'requests', included: 100_000 }],
      seats: 25,
      current: false,
      helps: true,
      quote: { due: eur(66_67), proratedAt: noon },
      changes: [],
    },
  ],
  packs: [{ key: 'credits_1000', name: '1,000 credits', credits: 1_000, quote: { due: eur(10_00) }, helps: true }],
  caps: [{ limit: eur(50_00), spent: eur(50_00), suggested: [eur(75_00), eur(100_00)] }],
}

type Condition = {
  /** What the network answers a person for whom `visit` is the truth. */
  readonly network: (visit: Visit, arrival: Arrival) => Network
  /** Where they end up; undefined where the page itself does not move. */
  readonly path: (visit: Visit) => string | undefined
  readonly blocksStripe?: true
  /** The page waits for good; a way on appears after a while. */
  readonly isSilent?: true
}

const visitAnswers = (answer: Answer | 'lost' | 'silent'): Network => ({
  'GET /api/visit': answer,
  'GET /api/offers': answer,
  'POST /api/return': answer,
})

/** Who may not act is told the same wherever they stand. */
const home = (visit: Visit) => (visit.guest ? paths.pay : mustAsk(visit) ? undefined : path(visit))
const path = ({ diagnosis: { blockers } }: Visit) => (blockers[0] ? `/fix/${blockers[0].fix}` : paths.allClear)

const normal: Condition['network'] = (visit, { isForged }) => ({
  'GET /api/visit': isForged
    ? (path) => (path.includes('check=') ? problem(404, 'not-found') : [200, visit])
    : [200, visit],
  // A refusal that is not theirs or was made up: what the address hints at opens nothing, and the account itself counts.
  'POST /api/session/hint': [200, { kind: 'entered' }],
  'GET /api/offers': [200, offers],
  'GET /api/guest-links': [200, { links: [] }],
})

export const conditions = {
  normal: { network: normal, path: home },
  loading: { network: () => visitAnswers('silent'), path: () => undefined, isSilent: true },
  'Stripe down': {
    network: (visit) => ({
      ...visitAnswers(problem(503, 'stripe-unreachable')),
      'GET /api/visit': [
        200,
        { ...visit, methods: [], diagnosis: { ...inOrder, verdict: 'unchecked', live: false, warnings: [] } },
      ],
    }),
    path: ({ guest }) => (guest ? paths.pay : paths.diagnosis),
  },
  'Stripe.js blocked': { network: normal, path: home, blocksStripe: true },
  'session expired': {
    network: ({ merchant, app }) => ({
      ...visitAnswers(problem(401, 'no-session')),
      'POST /api/session/hint': [200, { kind: 'sign_in', merchant, app, mail: true }],
    }),
    path: () => undefined,
  },
  offline: { network: () => visitAnswers('lost'), path: () => undefined },
  'already fixed elsewhere': {
    network: (visit, arrival) => ({
      ...normal(
        { ...visit, diagnosis: inOrder, ...(visit.guest && { guest: { ...visit.guest, state: 'paid' } }) },
        arrival,
      ),
      'POST /api/return': [200, { kind: 'go', url: 'https://maps.test/', notice: 'none' }],
    }),
    path: ({ guest }) => (guest ? paths.pay : paths.allClear),
  },
} as const satisfies Record<string, Condition>

export type ConditionName = keyof typeof conditions
