import { holdTaxId } from '#sandbox/stripe/deeds/hold-tax-id.ts'
import { record } from '#sandbox/stripe/deeds/record-event.ts'
import { refreshDrafts } from '#sandbox/stripe/deeds/total-invoice.ts'
import { missing } from '#sandbox/stripe/kernel/errors.ts'
import { page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { needed, text } from '#sandbox/stripe/kernel/shape.ts'
import type { TaxId } from '#sandbox/stripe/objects/tax-id.ts'
import { present, presentDeleted } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, rows, timeOf, type World } from '#sandbox/stripe/world.ts'

const createFields = { type: needed(text), value: needed(text) }

function own(world: World, ids: { [name: string]: string }): TaxId {
  const held = find(world, 'tax_id', ids['tax'] ?? '')
  if (held.customer !== ids['id']) throw missing('tax ID', held.id)
  return held
}

export const taxIdRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/customers/:id/tax_ids',
    answers: 'tax_id',
    fields: createFields,
    deed: ({ world, ids }, given) => {
      const customer = liveCustomer(world, ids['id'] ?? '', 'id')
      const held = holdTaxId(world, customer.id, given.type, given.value)
      refreshDrafts(world, customer, timeOf(world, customer.id))
      return present(world, held)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/customers/:id/tax_ids',
    answers: 'list:tax_id',
    fields: pageFields,
    deed: ({ world, ids }, given) => {
      const { id } = liveCustomer(world, ids['id'] ?? '', 'id')
      const found = rows(world, 'tax_id').filter((one) => one.customer === id)
      return page(`/v1/customers/${id}/tax_ids`, found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/customers/:id/tax_ids/:tax',
    answers: 'tax_id',
    deed: ({ world, ids }) => present(world, own(world, ids)),
  }),
  route({
    method: 'DELETE',
    path: '/v1/customers/:id/tax_ids/:tax',
    answers: 'tax_id',
    deed: ({ world, ids }) => {
      const held = own(world, ids)
      world.tables.tax_id.delete(held.id)
      record(world, 'customer.tax_id.deleted', held)
      refreshDrafts(world, find(world, 'customer', held.customer), timeOf(world, held.customer))
      return presentDeleted(held)
    },
  }),
]
