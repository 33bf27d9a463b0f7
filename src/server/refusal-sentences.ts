import type { DetailField } from '#diagnosis/account.ts'
import type { Blocker, BlockerOf, Debt } from '#diagnosis/diagnosis.ts'
import type { Money } from '#diagnosis/money.ts'
import type { Reason } from '#diagnosis/reason.ts'
import { count, day, money, timeOfDay } from './plain.ts'

/**
 * The `detail` of a refusal (RFC 9457 §3.1.4: for people, not to be parsed), in English. What the reader may not know is
 * already missing from the blocker, so each of them has something to say without figures.
 */
const sentences = {
  account_frozen: ({ cause }) =>
    cause === 'dispute'
      ? 'A charge is being disputed at the bank. The account stays on hold until that is settled; paying again does not help.'
      : 'Only the provider can release the account; paying again does not help.',
  payment_processing: ({ debt }) =>
    `${debt ? `The payment of ${money(debt.total)}` : 'A payment'} is on its way and the bank has not answered yet. Nothing must be paid again.`,
  authentication_required: ({ debt }) =>
    `The bank wants ${debt ? `the payment of ${money(debt.total)}` : 'a payment'} to be confirmed by whoever holds the card.`,
  subscription_incomplete: ({ debt, expires }) =>
    `The first payment${debt ? ` (${money(debt.total)})` : ''} was never completed. It can be until ${day(expires)}.`,
  card_declined: ({ debt }) => `${unpaid(debt) ?? 'The last payment was not made:'} the bank declined the card.`,
  card_expired: ({ debt }) => `${unpaid(debt) ?? 'Nothing can be collected:'} the card on file has expired.`,
  invoice_overdue: ({ debt }) =>
    debt?.invoices[0] ? `${invoices(debt)} open since ${day(debt.invoices[0].due)}.` : 'It has to be paid first.',
  subscription_paused: () => 'Nothing is charged and nothing is served until it is resumed.',
  subscription_canceled: ({ began, ended }) =>
    began
      ? `The subscription ended${on(ended)}. A new one is needed to go on.`
      : 'The subscription never began, because its first payment was not made in time.',
  trial_ended: ({ ended }) => `The trial ended on ${day(ended)} and no plan was chosen.`,
  no_payment_method: ({ debt }) => `${unpaid(debt) ?? 'The plan cannot go on:'} there is no payment method on file.`,
  billing_details_missing: ({ missing }) =>
    `Still missing: ${missing.map((field) => fieldNames[field]).join(', ') || 'details for the invoice'}.`,
  spend_cap_reached: ({ limit, spent, resets }) =>
    `${capSentence(limit, spent)}${resets === undefined ? '' : ` It begins anew on ${day(resets)}.`}`,
  credits_exhausted: ({ balance, needed }) =>
    needed === undefined || balance === undefined
      ? 'No credits are left for this request.'
      : `This request needs ${count(needed)} credits and ${count(balance)} are left.`,
  usage_limit_exceeded: ({ meter, used, included, requested, resets }) => {
    const unit = meter?.unit ? ` ${meter.unit}` : ''
    const figures =
      used === undefined || included === undefined
        ? 'All that the plan includes is used.'
        : `${count(used)} of ${count(included)}${unit} are used${requested === undefined ? '' : `, and this request needs ${count(requested)}`}.`
    return resets === undefined ? figures : `${figures} They begin anew on ${day(resets)}.`
  },
  seat_limit: ({ used, seats }) =>
    used === undefined || seats === undefined
      ? 'There is no seat left in the plan.'
      : `${count(used)} of ${count(seats)} seats are taken.`,
  plan_lacks_feature: ({ feature, plans }) =>
    `${feature === undefined ? 'What was asked for' : `“${feature}”`} is not part of the plan.${plans.length > 0 ? ' Another plan has it.' : ''}`,
  upstream_billing: ({ until }) =>
    `The provider knows of it and nothing has to be paid.${until === undefined ? '' : ` It should be over at ${timeOfDay(until)}.`}`,
  rate_limited: ({ limit, seconds, until }) =>
    [
      limit === undefined || seconds === undefined
        ? 'It passes by itself and nothing has to be paid.'
        : `At most ${count(limit)} are served in ${count(seconds)} seconds.`,
      ...(until === undefined ? [] : [`The next may be asked for at ${timeOfDay(until)}.`]),
    ].join(' '),
  unknown: ({ cause }) => unknowns[cause],
} as const satisfies { readonly [R in Reason]: (blocker: BlockerOf<R>) => string }

const unknowns = {
  customer_deleted: 'The customer no longer exists at Stripe; only the provider can mend this.',
  no_plan: 'The account has no plan.',
  unclear: 'Whoever looks after the billing of this account can see what is wrong.',
} as const satisfies Record<BlockerOf<'unknown'>['cause'], string>

const fieldNames = {
  name: 'the name on the invoice',
  address: 'the billing address',
  tax_id: 'the tax number',
} as const satisfies Record<DetailField, string>

export function sentenceOf(blocker: Blocker): string {
  // The table pairs each reason with its own evidence; the compiler does not join the two again.
  const say = sentences[blocker.reason] as (blocker: Blocker) => string
  return say(blocker)
}

/** "Invoice INV-1042 (€49.00) has been", or of several how many and their sum. */
function invoices({ invoices, total }: Debt): string {
  const [first, ...others] = invoices
  if (others.length > 0) return `${count(invoices.length)} invoices (${money(total)} in all) have been`
  return `${first?.number === undefined ? 'An invoice' : `Invoice ${first.number}`} (${money(total)}) has been`
}

function unpaid(debt: Debt | undefined): string | undefined {
  return debt?.invoices[0] && `${invoices(debt)} open since ${day(debt.invoices[0].due)}:`
}

function capSentence(limit: Money | undefined, spent: Money | undefined): string {
  return limit && spent
    ? `${money(spent)} of at most ${money(limit)} are spent in this period.`
    : 'No more may be spent in this period.'
}

function on(instant: number | undefined): string {
  return instant === undefined ? '' : ` on ${day(instant)}`
}
