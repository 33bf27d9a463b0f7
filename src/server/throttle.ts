import type { Context } from 'hono'
import { callerOf } from './caller.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { countTry, takeBackTry, type Limit } from './store/throttles.ts'
import { sha256 } from './token.ts'

const MINUTE = 60
const HOUR = 3_600

/** What may be tried how often, by whom: an address of the network, a mail address, a member. */
const limits = {
  /** Short codes that lead nowhere, by network address: 40 bits are not found at this pace. */
  'wrong-short-code': { limit: 10, seconds: MINUTE },
  /** Links that open nothing, by network address. */
  'dead-link': { limit: 10, seconds: MINUTE },
  /** Wrong codes of letters, by network address, over all attempts. */
  'wrong-sign-in-code': { limit: 30, seconds: HOUR },
  /** Letters asked for, by network address and by mail address. */
  'sign-in-caller': { limit: 20, seconds: HOUR },
  'sign-in-email': { limit: 5, seconds: HOUR },
  /** Codes asked for by somebody who is signed in, by member: nobody else can use them up. */
  'step-up': { limit: 5, seconds: HOUR },
  /** Invitations, by account, and letters of that kind by mail address. */
  invite: { limit: 30, seconds: HOUR },
  'invited-email': { limit: 5, seconds: HOUR },
  /** Plain addresses opened by somebody who is signed in: each writes down a check. */
  hint: { limit: 30, seconds: MINUTE },
  /** Promotion codes that do not hold, by account: nobody gets to guess many. */
  'wrong-promotion-code': { limit: 20, seconds: HOUR },
} as const satisfies Record<string, Limit>

type Throttle = keyof typeof limits

/** Counts one try. Throws ApiError too-many, with the seconds until there is room again. */
export async function throttle(hands: Hands, what: Throttle, whose: string): Promise<void> {
  const wait = await countTry(hands.database, bucketOf(what, whose), limits[what], hands.now())
  if (wait !== undefined) throw new ApiError('too-many', undefined, { retryAfter: wait })
}

/**
 * Counts only tries that went wrong: each is counted before it is looked at, so that many at once count too, and taken
 * back when it was right. Throws ApiError too-many.
 */
export async function countWrong<T>(
  hands: Hands,
  what: Throttle,
  whose: string,
  work: () => Promise<T>,
  isWrong: (answer: T) => boolean,
): Promise<T> {
  await throttle(hands, what, whose)
  const answer = await work()
  if (!isWrong(answer)) await takeBackTry(hands.database, bucketOf(what, whose))
  return answer
}

/** Links that open nothing are counted by who brings them: nobody gets to try many. Throws ApiError too-many. */
export function countDeadLinks<T extends { readonly kind: string }>(
  hands: Hands,
  c: Context,
  work: () => Promise<T>,
): Promise<T> {
  return countWrong(hands, 'dead-link', callerOf(hands.config, c), work, ({ kind }) => dead.includes(kind))
}

const dead: readonly string[] = ['invalid', 'used', 'expired', 'revoked']

/** Neither an address of the network nor of a person stands in the table. */
function bucketOf(what: Throttle, whose: string): string {
  return sha256(`${what} ${whose}`)
}
