import type { Hands } from './context.ts'
import type { AccountKey } from './store/accounts.ts'
import { heldNames, readHeld } from './store/held.ts'

/** Objects of Stripe by the form of their ids: customers, subscriptions, invoices, payments, methods and what belongs to them. */
const stripeIds =
  /\b(?:cus|sub|si|sub_sched|in|il|pi|py|ch|re|dp|pm|src|card|seti|price|prod|txi|txr|cn|cbtxn|ii|coupon|promo|di)_(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{8,}\b/g
/** What lets a browser finish a payment. */
const clientSecrets = /\b(?:pi|seti)_\w+_secret_\w+/g

/**
 * Everything that is held about an account as one JSON document, written while it is read:
 * `{ app, account, exported_at, tables: { name: [row, …] }, stripe_objects: [id, …] }`. Instants are unix seconds, money
 * is in minor units. Secrets and what stands for them are left out.
 */
export function exportOf({ database, now }: Hands, { app, account }: AccountKey): ReadableStream<Uint8Array> {
  const pieces = write()
  async function* write(): AsyncGenerator<string> {
    const found = new Set<string>()
    yield `{"app":${JSON.stringify(app)},"account":${JSON.stringify(account)},"exported_at":${now()},"tables":{`
    for (const [index, table] of heldNames.entries()) {
      yield `${index === 0 ? '' : ','}\n${JSON.stringify(table)}:[`
      let isFirst = true
      for await (const rows of readHeld(database, { app, account }, table)) {
        const told = rows.map((row) => row.replaceAll(clientSecrets, 'withheld'))
        for (const row of told) for (const [id] of row.matchAll(stripeIds)) found.add(id)
        yield `${isFirst ? '' : ','}\n${told.join(',\n')}`
        isFirst = false
      }
      yield ']'
    }
    yield `\n},"stripe_objects":${JSON.stringify([...found].toSorted())}}\n`
  }
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}

/** So that browsers save it under a name that says what it is. */
export function exportHeaders({ account }: AccountKey, now: number): Record<string, string> {
  const day = new Date(now * 1_000).toISOString().slice(0, 10)
  const name = account.replaceAll(/[^\w.-]/g, '_').slice(0, 80)
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': `attachment; filename="billing-${name}-${day}.json"`,
    'Cache-Control': 'no-store',
  }
}
