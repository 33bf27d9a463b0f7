import type { ReturnAnswer } from '#contract/visit.ts'
import { judge } from './account.ts'
import { requestOf } from './check.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { returnAddress } from './return-address.ts'
import { markReturned } from './store/checks.ts'
import type { SessionRecord } from './store/sessions.ts'
import { signReceipt } from './token.ts'
import { appOf, ownCheck } from './own.ts'

const RECEIPT_SECONDS = 300

/** Sends a person back to their app, only when a fresh look says that they will be served there. */
export async function sendBack(hands: Hands, session: SessionRecord, checkId: string): Promise<ReturnAnswer> {
  const { config, database } = hands
  const app = appOf(hands, session.app)
  const check = await ownCheck(hands, session, checkId)
  const reading = await hands.airlock.read(session, { fresh: true })
  if (!check || !reading) throw new ApiError('not-found')
  const now = hands.now()
  const { verdict } = judge(config, reading, requestOf(check), now)
  if (verdict !== 'clear') return { kind: 'still_blocked' }
  const result = check.refused ? 'fixed' : 'no_blocker'
  // Looked at again: an origin may have been taken from the configuration since.
  const returnTo = returnAddress(app, check.returnTo)
  const url = new URL(returnTo ?? app.url)
  url.searchParams.set('billing_check', check.id)
  url.searchParams.set('billing_result', result)
  if (check.state !== undefined) url.searchParams.set('state', check.state)
  url.searchParams.set(
    'billing_receipt',
    await signReceipt(app, {
      iss: config.origin,
      aud: app.id,
      sub: session.account,
      chk: check.id,
      res: result,
      iat: now,
      exp: now + RECEIPT_SECONDS,
    }),
  )
  await markReturned(database, session, check.id, now)
  return { kind: 'go', url: url.href, notice: returnTo === undefined ? 'return_not_registered' : 'none' }
}
