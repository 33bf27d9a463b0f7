import type { DeskDone, GraceActSchema } from '#contract/desk-acts.ts'
import type { Grace } from '#diagnosis/account.ts'
import { pastDue } from '#diagnosis/past-due.ts'
import type { z } from 'zod'
import { ApiError } from '#server/errors.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import { setGrace } from '#server/store/desk-acts.ts'
import { actOnce, refusedAt, type Attempt } from './act-once.ts'
import { afterwards } from './afterwards.ts'
import type { DeskHands } from './context.ts'

const DAY = 86_400

/**
 * Lets what is past due run on until an instant, or takes that back. Later than the merchant's own grace, and no later
 * than the merchant lets support go. Throws ApiError not-found, invalid-request, stripe-unreachable.
 */
export async function extendGrace(attempt: Attempt, request: z.infer<typeof GraceActSchema>): Promise<DeskDone> {
  const { hands, account } = attempt
  const { until } = request
  const told = { deed: 'extend-grace', request, detail: { until: until ?? 'taken back' } } as const
  await actOnce(attempt, told, {
    prepare: () => graceFor(hands, account, until),
    act: (queries, { prepared }) => setGrace(queries, account, prepared, hands.now()),
  })
  return { deed: 'extend-grace', until, ...(await afterwards(hands, account)) }
}

async function graceFor(
  { airlock, config, desk, now: clock }: DeskHands,
  key: AccountKey,
  until: number | null,
): Promise<Grace | undefined> {
  const reading = await airlock.read(key, { fresh: true })
  if (!reading) throw new ApiError('not-found')
  const { facts, record } = reading
  if (until === null) {
    if (!record.grace) throw refusedAt('until', 'not-granted')
    return undefined
  }
  if (facts.source === 'none') throw new ApiError('stripe-unreachable', undefined, { retryAfter: 5 })
  const now = clock()
  const due = pastDue(facts, config.policy, now)
  if (!due) throw refusedAt('until', 'not-past-due')
  if (until <= due.ends) throw refusedAt('until', 'too-early')
  if (until > now + desk.graceDays * DAY) throw refusedAt('until', 'too-late')
  return { until, invoices: due.invoices }
}
