import { moveDispute } from '#sandbox/stripe/deeds/open-dispute.ts'
import { refundCharge } from '#sandbox/stripe/deeds/refund-charge.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { isBranch } from '#sandbox/stripe/kernel/form.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { flag, metadata, moment, oneOf, text, unmodelled, whole, type Values } from '#sandbox/stripe/kernel/shape.ts'
import type { Refund } from '#sandbox/stripe/objects/charge.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, rows, type World } from '#sandbox/stripe/world.ts'

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
  return refundCharge(world, find(world, 'charge', id, 'charge'), given)
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
