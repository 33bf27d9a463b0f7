import { moveBalance } from '#sandbox/stripe/deeds/move-balance.ts'
import { change } from '#sandbox/stripe/deeds/record-event.ts'
import { refreshDrafts } from '#sandbox/stripe/deeds/total-invoice.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { clearableText, metadata, moment, needed, text, whole, type Values } from '#sandbox/stripe/kernel/shape.ts'
import type { BalanceTransaction } from '#sandbox/stripe/objects/balance-transaction.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, rows, timeOf, type World } from '#sandbox/stripe/world.ts'

const createFields = { amount: needed(whole), currency: needed(text), description: clearableText, metadata }

function adjust(world: World, of: string, given: Values<typeof createFields>): BalanceTransaction {
  const customer = liveCustomer(world, of, 'id')
  const currency = given.currency.toLowerCase()
  // Stripe keeps a balance for each currency; here there is the one that the customer pays in.
  if (customer.currency !== null && customer.currency !== currency)
    throw invalid(`This sandbox keeps a customer's balance in their own currency only (${customer.currency}).`, {
      param: 'currency',
    })
  const id = newId('cbtxn')
  change(world, customer, 'customer.updated', () => {
    const { description = null } = given
    moveBalance(world, customer, given.amount, {
      id,
      type: 'adjustment',
      currency,
      description,
      metadata: mergeMetadata({}, given.metadata),
    })
  })
  refreshDrafts(world, customer, timeOf(world, customer.id))
  return find(world, 'customer_balance_transaction', id)
}

export const balanceTransactionRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/customers/:id/balance_transactions',
    answers: 'customer_balance_transaction',
    fields: createFields,
    deed: ({ world, ids }, given) => present(world, adjust(world, ids['id'] ?? '', given)),
  }),
  route({
    method: 'GET',
    path: '/v1/customers/:id/balance_transactions',
    answers: 'list:customer_balance_transaction',
    fields: { ...pageFields, created: moment, invoice: text },
    deed: ({ world, ids }, given) => {
      const { id } = liveCustomer(world, ids['id'] ?? '', 'id')
      const found = rows(world, 'customer_balance_transaction').filter(
        (one) =>
          one.customer === id &&
          (given.invoice === undefined || one.invoice === given.invoice) &&
          isWithin(given.created, one.created),
      )
      return page(`/v1/customers/${id}/balance_transactions`, found.toReversed(), given, (one) => present(world, one))
    },
  }),
]
