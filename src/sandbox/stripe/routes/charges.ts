import { cardByNumber } from '#sandbox/stripe/cards.ts'
import { moveDispute } from '#sandbox/stripe/deeds/open-dispute.ts'
import { change, record } from '#sandbox/stripe/deeds/record-event.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { isBranch } from '#sandbox/stripe/kernel/form.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { flag, metadata, moment, oneOf, text, unmodelled, whole, type Values } from '#sandbox/stripe/kernel/shape.ts'
import { newRefund, type Refund } from '#sandbox/stripe/objects/charge.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, rows, timeOf, type World } from '#sandbox/stripe/world.ts'

const refundFields = {
  amount: whole,
  charge: text,
  metadata,
  payment_intent: text,
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
  refund_application_fee: flag,
  reverse_transfer: flag,
}

const disputeFields = { evidence: unmodelled, intended_submission_method: text, metadata, submit: flag }

function refund(world: World, given: Values<typeof refundFields>): Refund {
  const intent =
    given.payment_intent === undefined
      ? undefined
      : find(world, 'payment_intent', given.payment_intent, 'payment_intent')
  const id = given.charge ?? intent?.latest_charge ?? null
  if (id === null)
    throw invalid('One of the following params should be provided for this request: payment_intent or charge.', {
      code: 'parameter_missing',
      param: 'charge',
    })
  const charge = find(world, 'charge', id, 'charge')
  if (charge.refunded)
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  if (charge.status !== 'succeeded') throw invalid('This charge cannot be refunded.', { code: 'charge_not_refundable' })
  const left = charge.amount - charge.amount_refunded
  const amount = given.amount ?? left
  if (amount < 1 || amount > left)
    throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    })
  const method = world.tables.payment_method.get(charge.payment_method)
  const behaviour = method?.type === 'card' ? cardByNumber(method.sandbox.behaves).refund : undefined
  const made = newRefund({
    id: newId('re'),
    amount,
    charge: charge.id,
    created: timeOf(world, charge.customer),
    currency: charge.currency,
    customer: charge.customer,
    metadata: mergeMetadata({}, given.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: given.reason ?? null,
    status: behaviour === 'pending' ? 'pending' : 'succeeded',
  })
  world.tables.refund.set(made.id, made)
  record(world, 'refund.created', made)
  change(world, charge, 'charge.refunded', () => {
    charge.amount_refunded += amount
    charge.refunded = charge.amount_refunded === charge.amount
  })
  return made
}

export const chargeRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/v1/charges',
    answers: 'list:charge',
    fields: { ...pageFields, created: moment, customer: text, payment_intent: text, transfer_group: text },
    deed: ({ world }, given) => {
      const found = rows(world, 'charge').filter(
        (charge) =>
          (given.customer === undefined || charge.customer === given.customer) &&
          (given.payment_intent === undefined || charge.payment_intent === given.payment_intent) &&
          isWithin(given.created, charge.created),
      )
      return page('/v1/charges', found.toReversed(), given, (charge) => present(world, charge))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/charges/:id',
    answers: 'charge',
    deed: ({ world, ids }) => present(world, find(world, 'charge', ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/refunds',
    answers: 'refund',
    fields: refundFields,
    deed: ({ world }, given) => present(world, refund(world, given)),
  }),
  route({
    method: 'GET',
    path: '/v1/refunds',
    answers: 'list:refund',
    fields: { ...pageFields, charge: text, created: moment, payment_intent: text },
    deed: ({ world }, given) => {
      const found = rows(world, 'refund').filter(
        (one) =>
          (given.charge === undefined || one.charge === given.charge) &&
          (given.payment_intent === undefined || one.payment_intent === given.payment_intent) &&
          isWithin(given.created, one.created),
      )
      return page('/v1/refunds', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/refunds/:id',
    answers: 'refund',
    deed: ({ world, ids }) => present(world, find(world, 'refund', ids['id'] ?? '')),
  }),
  route({
    method: 'GET',
    path: '/v1/disputes',
    answers: 'list:dispute',
    fields: { ...pageFields, charge: text, created: moment, payment_intent: text },
    deed: ({ world }, given) => {
      const found = rows(world, 'dispute').filter(
        (one) =>
          (given.charge === undefined || one.charge === given.charge) &&
          (given.payment_intent === undefined || one.payment_intent === given.payment_intent) &&
          isWithin(given.created, one.created),
      )
      return page('/v1/disputes', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/disputes/:id',
    answers: 'dispute',
    deed: ({ world, ids }) => present(world, find(world, 'dispute', ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/disputes/:id',
    answers: 'dispute',
    fields: disputeFields,
    deed: ({ world, ids }, given) => {
      const dispute = find(world, 'dispute', ids['id'] ?? '')
      if (isBranch(given.evidence)) Object.assign(dispute.evidence, given.evidence)
      dispute.evidence_details.has_evidence ||= given.evidence !== undefined
      dispute.metadata = mergeMetadata(dispute.metadata, given.metadata)
      if (given.submit === true) {
        dispute.evidence_details.submission_count += 1
        dispute.evidence_details.submission_method = 'manual'
        moveDispute(world, dispute, dispute.status.startsWith('warning') ? 'warning_under_review' : 'under_review')
      }
      return present(world, dispute)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/disputes/:id/close',
    answers: 'dispute',
    deed: ({ world, ids }) => {
      const dispute = find(world, 'dispute', ids['id'] ?? '')
      moveDispute(world, dispute, 'lost')
      return present(world, dispute)
    },
  }),
]
