import type { Blocker, BlockerOf } from '#diagnosis/diagnosis.ts'
import type { Reason } from '#diagnosis/reason.ts'
import { format } from '#support/format.ts'

/** A fact under its name; lines whose fact is not known are left out. */
type Fact = readonly [name: string, fact: string | undefined]

const day = (instant: number | undefined, now: number) =>
  instant === undefined ? undefined : format.moment(instant, now)
const count = (value: number | undefined) => (value === undefined ? undefined : format.number(value))

/** What a rule looked at. Invoices and cards stand below, the same for all. */
const evidence = {
  account_frozen: ({ cause, note }) => [
    ['Cause', holds[cause]],
    ['Note', note],
  ],
  payment_processing: () => [],
  authentication_required: ({ invoice }) => [['Invoice', invoice]],
  subscription_incomplete: ({ plan, expires }, now) => [
    ['Plan', plan],
    ['Can be finished until', day(expires, now)],
  ],
  card_declined: ({ sameCardCanWork }) => [['Same card again', sameCardCanWork ? 'can work' : 'cannot work']],
  card_expired: () => [],
  invoice_overdue: () => [],
  subscription_paused: ({ plan, cause, price }) => [
    ['Plan', plan],
    ['Paused because', pauses[cause]],
    ['Resuming costs', price && format.money(price)],
  ],
  subscription_canceled: ({ plan, ended, began, price }, now) => [
    ['Plan', plan],
    ['Ended', day(ended, now)],
    ['Began', began ? undefined : 'never: its first payment was not made'],
    ['Renewing costs', price && format.money(price)],
  ],
  trial_ended: ({ plan, ended }, now) => [
    ['Plan', plan],
    ['Ended', day(ended, now)],
  ],
  no_payment_method: () => [],
  billing_details_missing: ({ missing, invoice }) => [
    ['Missing', format.list(missing.map((field) => fields[field]))],
    ['Invoice that waits', invoice],
  ],
  spend_cap_reached: ({ limit, spent, apiKey, resets }, now) => [
    ['Limit they set', limit && format.money(limit)],
    ['Spent', spent && format.money(spent)],
    ['API key', apiKey],
    ['Begins anew', day(resets, now)],
  ],
  credits_exhausted: ({ balance, needed, meter }) => [
    ['Meter', meter?.name],
    ['Credits left', count(balance)],
    ['Credits needed', count(needed)],
  ],
  usage_limit_exceeded: ({ meter, used, included, requested, resets }, now) => [
    ['Meter', meter?.name],
    ['Limit', count(included)],
    ['Used', count(used)],
    ['Asked for', count(requested)],
    ['Begins anew', day(resets, now)],
  ],
  seat_limit: ({ used, seats }) => [
    ['Seats', count(seats)],
    ['Taken', count(used)],
  ],
  plan_lacks_feature: ({ feature, plans }) => [
    ['Asked for', feature],
    ['Plans that have it', plans.length > 0 ? format.list(plans) : 'none on offer'],
  ],
  upstream_billing: ({ until }, now) => [['Should be over', day(until, now)]],
  rate_limited: ({ limit, seconds, until }, now) => [
    [
      'Limit',
      limit === undefined || seconds === undefined
        ? undefined
        : `${format.number(limit)} in ${format.number(seconds)} s`,
    ],
    ['Over', day(until, now)],
  ],
  unknown: ({ cause }) => [['Cause', unknowns[cause]]],
} as const satisfies { readonly [R in Reason]: (blocker: BlockerOf<R>, now: number) => readonly Fact[] }

const holds = {
  hold: 'we hold the account',
  dispute: 'a charge is disputed at the bank',
  told: 'the app says so',
} as const satisfies Record<BlockerOf<'account_frozen'>['cause'], string>

const pauses = {
  trial_end_without_payment_method: 'the trial ended without a payment method',
  pause_requested: 'the customer asked for it',
  first_payment_failure: 'the first payment failed',
  final_payment_failure: 'the last try to collect failed',
  system: 'Stripe’s own system paused it',
} as const satisfies Record<BlockerOf<'subscription_paused'>['cause'], string>

const fields = { name: 'name', address: 'address', tax_id: 'tax number' } as const

const unknowns = {
  customer_deleted: 'the customer was deleted at Stripe',
  no_plan: 'the account has no plan',
  unclear: 'not clear from what Stripe says',
} as const satisfies Record<BlockerOf<'unknown'>['cause'], string>

/** The facts of one blocker, those that are known. */
export function factsOf(blocker: Blocker, now: number): readonly (readonly [name: string, fact: string])[] {
  // The table pairs each reason with its own evidence; the compiler does not join the two again.
  const tell = evidence[blocker.reason] as (blocker: Blocker, now: number) => readonly Fact[]
  const method = 'method' in blocker ? blocker.method : undefined
  const expiry = method && format.expiry(method)
  const all: readonly Fact[] = [
    ['Since', day(blocker.since, now)],
    ['Card', method && (expiry === undefined ? format.face(method) : `${format.face(method)}, ${expiry}`)],
    ...tell(blocker, now),
  ]
  return all.flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact] as const]))
}
