import { cancelSubscription } from '#sandbox/stripe/deeds/cancel-subscription.ts'
import { isOver } from '#sandbox/stripe/deeds/follow-invoice.ts'
import { pauseSubscription } from '#sandbox/stripe/deeds/pause-subscription.ts'
import { resumeSubscription } from '#sandbox/stripe/deeds/resume-subscription.ts'
import { invalid, missing } from '#sandbox/stripe/kernel/errors.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { flag, moment, needed, oneOf, text, unmodelled, whole } from '#sandbox/stripe/kernel/shape.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf, present } from '#sandbox/stripe/present.ts'
import { find, rows, timeOf } from '#sandbox/stripe/world.ts'
import { sharedFields } from './subscription-fields.ts'
import { anchor, updateFields, updateSubscription } from './subscription-changes.ts'
import { createFields, createSubscription } from './subscription-orders.ts'

const statuses = oneOf(
  'active',
  'all',
  'canceled',
  'ended',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
)

function isListed(subscription: Subscription, status: string | undefined): boolean {
  if (status === 'all') return true
  if (status === 'ended') return isOver(subscription)
  return status === undefined ? !isOver(subscription) : subscription.status === status
}

const resumeSubscriptionFields = {
  billing_cycle_anchor: anchor,
  payment_behavior: oneOf('resume_on_payment_attempt', 'resume_on_payment_success'),
  proration_behavior: sharedFields.proration_behavior,
  proration_date: whole,
}

const pauseSubscriptionFields = { bill_for: unmodelled, invoicing_behavior: text, type: oneOf('subscription') }

const listSubscriptionItemFields = { ...pageFields, subscription: needed(text) }

export const subscriptionRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/subscriptions',
    answers: 'subscription',
    fields: createFields,
    deed: ({ world }, given) => present(world, createSubscription(world, given)),
  }),
  route({
    method: 'GET',
    path: '/v1/subscriptions',
    answers: 'list:subscription',
    fields: {
      ...pageFields,
      collection_method: text,
      created: moment,
      customer: text,
      price: text,
      status: statuses,
      test_clock: text,
    },
    deed: ({ world }, given) => {
      const found = rows(world, 'subscription').filter(
        (one) =>
          (given.customer === undefined || one.customer === given.customer) &&
          (given.collection_method === undefined || one.collection_method === given.collection_method) &&
          (given.test_clock === undefined
            ? given.customer !== undefined || one.test_clock === null
            : one.test_clock === given.test_clock) &&
          (given.price === undefined || itemsOf(world, one.id).some((item) => item.sandbox.price === given.price)) &&
          isListed(one, given.status) &&
          isWithin(given.created, one.created),
      )
      return page('/v1/subscriptions', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/subscriptions/:id',
    answers: 'subscription',
    deed: ({ world, ids }) => present(world, find(world, 'subscription', ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/subscriptions/:id',
    answers: 'subscription',
    fields: updateFields,
    deed: ({ world, ids }, given) => present(world, updateSubscription(world, ids['id'] ?? '', given)),
  }),
  route({
    method: 'DELETE',
    path: '/v1/subscriptions/:id',
    answers: 'subscription',
    fields: { cancellation_details: updateFields.cancellation_details, invoice_now: flag, prorate: flag },
    deed: ({ world, ids }, given) => {
      const subscription = find(world, 'subscription', ids['id'] ?? '')
      if (isOver(subscription)) throw missing('subscription', subscription.id)
      const { comment, feedback } = given.cancellation_details ?? {}
      Object.assign(subscription.cancellation_details, { comment: comment ?? null, feedback: feedback ?? null })
      cancelSubscription(world, subscription, 'cancellation_requested')
      return present(world, subscription)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/subscriptions/:id/resume',
    answers: 'subscription',
    fields: resumeSubscriptionFields,
    deed: ({ world, ids }, given) => {
      const subscription = find(world, 'subscription', ids['id'] ?? '')
      resumeSubscription(world, subscription, {
        anchor: given.billing_cycle_anchor?.type ?? 'now',
        proration: given.proration_behavior ?? 'create_prorations',
        at: given.proration_date ?? timeOf(world, subscription.customer),
        behavior: given.payment_behavior ?? 'resume_on_payment_attempt',
      })
      return present(world, subscription)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/subscriptions/:id/pause',
    answers: 'subscription',
    fields: pauseSubscriptionFields,
    deed: ({ world, ids }) => {
      const subscription = find(world, 'subscription', ids['id'] ?? '')
      if (subscription.status !== 'active' && subscription.status !== 'trialing') {
        throw invalid(`You cannot pause a subscription with status ${subscription.status}.`)
      }
      if (!pauseSubscription(world, subscription, 'pause_requested')) {
        throw invalid(
          'Only a subscription in flexible billing mode that is charged automatically and has no schedule can be paused.',
        )
      }
      return present(world, subscription)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/subscription_items',
    answers: 'list:subscription_item',
    fields: listSubscriptionItemFields,
    deed: ({ world }, given) => {
      const { id } = find(world, 'subscription', given.subscription, 'subscription')
      return page('/v1/subscription_items', itemsOf(world, id).toReversed(), given, (item) => present(world, item))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/subscription_items/:id',
    answers: 'subscription_item',
    deed: ({ world, ids }) => present(world, find(world, 'subscription_item', ids['id'] ?? '')),
  }),
]
