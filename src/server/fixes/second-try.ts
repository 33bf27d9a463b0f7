import { PlanSchema, type Outcome, type Plan } from '#contract/deed.ts'
import type { Method } from '#diagnosis/account.ts'
import type { Hands } from '#server/context.ts'
import { findAttempt, findDeclined, noteMethod, type AttemptRecord } from '#server/store/attempts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'

/** Seconds after which the bank may have been talked to. */
const AGAIN_SECONDS = 3_600

/**
 * What came of the same card for the same purpose within the same refusal, where the bank's answer leaves no hope that
 * it could work: it is repeated, and nothing is charged. Card networks fine those who try on
 * (https://docs.stripe.com/declines/card).
 */
export async function secondTry(
  { database, now }: Hands,
  session: SessionRecord,
  { attempt: key, method }: { attempt: string | undefined; method: Method },
): Promise<Outcome | undefined> {
  const attempt = key === undefined ? undefined : await findAttempt(database, { ...session, key })
  if (!attempt) return undefined
  await noteMethod(database, attempt, method)
  const declined = await findDeclined(database, attempt, { method: method.id, since: now() - AGAIN_SECONDS })
  const purpose = purposeOf(attempt)
  return purpose === undefined ? undefined : declined.find((before) => purposeOf(before) === purpose)?.outcome
}

function purposeOf({ request }: AttemptRecord): string | undefined {
  const asked = request as { plan?: unknown }
  const plan = PlanSchema.safeParse(asked.plan)
  return plan.success ? nameOf(plan.data) : undefined
}

/** What is paid for, whatever it costs at the moment. */
function nameOf({ invoices, subscription, price, quantity }: Plan): string {
  return JSON.stringify([invoices.toSorted(), subscription ?? null, price ?? null, quantity ?? null])
}
