import { malformed } from '#sandbox/stripe/kernel/errors.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { needed, text, whole } from '#sandbox/stripe/kernel/shape.ts'
import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import { present } from '#sandbox/stripe/present.ts'
import { rows } from '#sandbox/stripe/world.ts'

const fields = ['customer', 'number', 'status'] as const satisfies readonly (keyof Invoice)[]

/** The part of https://docs.stripe.com/search that is modelled: `field:"value"`, joined by AND; case is ignored. */
function clausesIn(query: string) {
  return query.split(/\s+AND\s+/i).map((clause) => {
    const [, name = '', value = ''] = /^\s*(\w+):"([^"]*)"\s*$/.exec(clause) ?? []
    const field = fields.find((one) => one === name)
    if (field === undefined)
      throw malformed(
        `We were unable to parse your search query, or the sandbox does not model it: ${clause}`,
        undefined,
        'query',
      )
    return { field, value: value.toLowerCase() }
  })
}

export const invoiceSearchRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/v1/invoices/search',
    answers: 'list:invoice',
    fields: { limit: whole, page: text, query: needed(text) },
    deed: ({ world }, { limit = 10, query }) => {
      const clauses = clausesIn(query)
      const found = rows(world, 'invoice').filter((invoice) =>
        clauses.every(({ field, value }) => invoice[field]?.toLowerCase() === value),
      )
      const data = found.toReversed().slice(0, limit)
      return {
        object: 'search_result',
        url: '/v1/invoices/search',
        has_more: found.length > limit,
        next_page: null,
        data: data.map((invoice) => present(world, invoice)),
      }
    },
  }),
]
