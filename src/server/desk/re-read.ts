import type { DeskDone, ReadChange, ReReadActSchema } from '#contract/desk-acts.ts'
import type { Account, Method } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import type { z } from 'zod'
import { judge, type Reading } from '#server/account.ts'
import { ApiError } from '#server/errors.ts'
import { findSnapshot } from '#server/store/snapshots.ts'
import { actOnce, type Attempt } from './act-once.ts'
import type { DeskHands } from './context.ts'

/**
 * Asks Stripe now, whatever it may have told before, and says what is otherwise than at the last reading. The mirror is
 * written and apps are told by the reading itself. Throws ApiError not-found, stripe-unreachable.
 */
export async function reRead(attempt: Attempt, request: z.infer<typeof ReReadActSchema>): Promise<DeskDone> {
  const { hands, account } = attempt
  await actOnce(attempt, { deed: 're-read', request }, { act: async () => undefined })
  const before = await findSnapshot(hands.database, account)
  hands.airlock.forget(account)
  const reading = await hands.airlock.read(account, { fresh: true })
  if (!reading) throw new ApiError('not-found')
  if (reading.facts.source !== 'live') throw new ApiError('stripe-unreachable', undefined, { retryAfter: 5 })
  const { access, live } = judge(hands.config, reading, {}, hands.now())
  const changes = before ? changesBetween(hands, { ...reading, facts: asOurs(before, reading.facts) }, reading) : []
  return { deed: 're-read', access, live, changes, ...compact({ since: before?.asOf }) }
}

/** What we know ourselves has not changed by a reading of Stripe. */
function asOurs(last: Account, now: Account): Account {
  const { hold: _, grace: __, seats: ___, ...before } = last
  const { hold, grace, seats, usage, credits, caps, rates } = now
  return { ...before, ...compact({ hold, grace, seats, usage, credits, caps, rates }) }
}

function changesBetween({ config, now: clock }: DeskHands, before: Reading, after: Reading): readonly ReadChange[] {
  const now = clock()
  const [was, is] = [judge(config, before, {}, now), judge(config, after, {}, now)]
  const reasons = [was, is].map(({ blockers }) => blockers.map(({ reason }) => reason))
  const [one = [], other = []] = reasons
  const all: readonly (ReadChange | undefined)[] = [
    was.access === is.access ? undefined : { what: 'access', before: was.access, after: is.access },
    one.join() === other.join() ? undefined : { what: 'blockers', before: one, after: other },
    ...factsChanged(before.facts, after.facts),
  ]
  return all.filter((change) => change !== undefined)
}

function factsChanged(before: Account, after: Account): readonly (ReadChange | undefined)[] {
  const subscriptions = idsOf(before.subscriptions, after.subscriptions).map((id): ReadChange | undefined => {
    const [was, is] = [before, after].map(({ subscriptions }) => subscriptions.find((one) => one.id === id))
    if (was?.status === is?.status) return undefined
    const plan = (is ?? was)?.plan ?? id
    return { what: 'subscription', plan, ...compact({ before: was?.status, after: is?.status }) }
  })
  const invoices = idsOf(before.openInvoices, after.openInvoices).map((id): ReadChange | undefined => {
    const [was, is] = [before, after].map(({ openInvoices }) => openInvoices.find((one) => one.id === id))
    if (was?.remaining.amount === is?.remaining.amount) return undefined
    const invoice = (is ?? was)?.number ?? id
    return { what: 'invoice', invoice, ...compact({ before: was?.remaining, after: is?.remaining }) }
  })
  const method: ReadChange | undefined =
    before.method?.id === after.method?.id
      ? undefined
      : { what: 'method', ...compact({ before: faceOf(before.method), after: faceOf(after.method) }) }
  const customer: ReadChange | undefined =
    before.customer === after.customer
      ? undefined
      : { what: 'customer', before: before.customer, after: after.customer }
  return [customer, ...subscriptions, ...invoices, method]
}

function idsOf(...lists: readonly (readonly { readonly id: string }[])[]): readonly string[] {
  return [...new Set(lists.flat().map(({ id }) => id))]
}

function faceOf(method: Method | undefined) {
  return method && { kind: method.kind, ...compact({ brand: method.brand, last4: method.last4 }) }
}
