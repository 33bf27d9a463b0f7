import type { App } from './config.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import type { AccountKey } from './store/accounts.ts'
import { findCheck, type CheckRecord } from './store/checks.ts'

/** Throws ApiError not-found for an app that the merchant has taken away. */
export function appOf({ config }: Pick<Hands, 'config'>, id: string): App {
  const app = config.apps.find((candidate) => candidate.id === id)
  if (!app) throw new ApiError('not-found', 'This app is no longer connected')
  return app
}

/** A check of this account; another's is not found (ApiError). */
export async function ownCheck(
  { database }: Hands,
  key: AccountKey,
  id: string | undefined,
): Promise<CheckRecord | undefined> {
  if (id === undefined) return undefined
  const check = await findCheck(database, key, id)
  if (!check) throw new ApiError('not-found')
  return check
}
