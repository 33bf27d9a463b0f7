import type { ActRefusal, DeskDone } from '#contract/desk-acts.ts'
import type { StaffDeed } from '#contract/staff.ts'
import type { MiddlewareHandler } from 'hono'
import { isSame } from '#server/canonical.ts'
import { ApiError } from '#server/errors.ts'
import { findAccount, type AccountKey } from '#server/store/accounts.ts'
import type { Queries } from '#server/store/database.ts'
import { findDeskAct, insertDeskAct, lockAccount, type DeskActRecord } from '#server/store/desk-acts.ts'
import { acted, missed, refused, requireRight, type Told } from './audit.ts'
import type { DeskContext, DeskEnv, DeskHands } from './context.ts'

/** What somebody is about to do to an account, and the key of this attempt: the same over double clicks and lost answers. */
export type Attempt = {
  readonly hands: DeskHands
  readonly c: DeskContext
  readonly account: AccountKey
  readonly key: string
}

type Act = Pick<Told, 'deed' | 'subject' | 'detail'> & {
  readonly request: { readonly reason: string; readonly [field: string]: unknown }
}

/** Looked at before anything else about a request: whoever may not do it learns nothing about it. */
export function mayOnly(deed: StaffDeed): MiddlewareHandler<DeskEnv> {
  return async (c, next) => {
    requireRight(c, deed)
    await next()
  }
}

/** What was refused, at the field that it is about. */
export function refusedAt(path: string, message: ActRefusal): ApiError {
  return new ApiError('invalid-request', undefined, { errors: [{ path, message }] })
}

type Deed<T> = {
  /** Whatever must be asked of others first; not for an attempt that was made before. */
  readonly prepare?: () => Promise<T>
  /** Runs while nobody else acts on the account, in one transaction with the audit's row. What it answers is remembered. */
  readonly act: (queries: Queries, made: { readonly audit: string; readonly prepared: T }) => Promise<DeskDone | void>
}

/**
 * One row of the audit for one attempt, however often it is sent; one that was refused is another with each press. Throws ApiError not-found, key-reused and what the deed
 * throws.
 */
export async function actOnce<T = undefined>(
  { hands, c, account, key }: Attempt,
  { request, ...told }: Act,
  { prepare, act }: Deed<T>,
): Promise<DeskActRecord> {
  const { staff } = c.var.staff
  const again = new Again()
  const tried = { ...account, ...told, reason: request.reason }
  const orRefused = <R>(step: Promise<R>) => step.catch((error: unknown) => refused(hands, c, tried, error))
  const earlier = () => orRefused(findEarlier(hands, { ...account, key, staff, deed: told.deed, request }))
  const known = await earlier()
  if (known) return known
  if (!(await findAccount(hands.database, account))) return missed(hands, c, tried)
  const prepared = (prepare && (await orRefused(prepare()))) as T
  try {
    return await acted(hands, c, tried, async (queries, audit) => {
      if (!(await lockAccount(queries, account))) throw new ApiError('not-found')
      if (await findDeskAct(queries, account, key)) throw again
      const result = await act(queries, { audit, prepared })
      const done = { ...account, key, staff, audit, deed: told.deed, request, ...(result && { result }) }
      await insertDeskAct(queries, done, hands.now())
      return done
    })
  } catch (error) {
    const twin = error === again ? await earlier() : undefined
    if (twin) return twin
    throw error
  }
}

/** Somebody was faster with the same key: nothing is written twice. */
class Again extends Error {}

async function findEarlier(
  { database }: DeskHands,
  wanted: Pick<DeskActRecord, 'app' | 'account' | 'key' | 'staff' | 'deed' | 'request'>,
): Promise<DeskActRecord | undefined> {
  const known = await findDeskAct(database, wanted, wanted.key)
  if (!known) return undefined
  const isTheirs = known.staff === wanted.staff && known.deed === wanted.deed && isSame(known.request, wanted.request)
  if (!isTheirs) throw new ApiError('key-reused')
  return known
}
