import type { CodeAnswer } from '#contract/holding.ts'
import type { Hands } from '#server/context.ts'
import { requirePayer } from '#server/fixes/deed.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { findPromotion, previewCode } from '#server/stripe/promotion-code.ts'
import { countWrong } from '#server/throttle.ts'
import { find } from './act.ts'

/**
 * What a promotion code would do to the next invoice; changes nothing. Throws ApiError not-allowed, not-found, too-many,
 * StripeUnreachable.
 */
export async function tryCode(
  hands: Hands,
  session: SessionRecord,
  { subscription, code }: { subscription: string; code: string },
): Promise<CodeAnswer> {
  const payer = await requirePayer(hands, session)
  const own = await find(hands, payer, subscription)
  if (!own?.may.includes('code')) return { kind: 'refused', why: 'not-applicable' }
  const look = async (): Promise<CodeAnswer> => {
    const promotion = await findPromotion(hands.stripe, { code, customer: payer.customer, now: hands.now() })
    return typeof promotion === 'string'
      ? { kind: 'refused', why: promotion }
      : previewCode(hands.stripe, own.held, promotion)
  }
  const whose = `${session.app} ${session.account}`
  return countWrong(hands, 'wrong-promotion-code', whose, look, ({ kind }) => kind === 'refused')
}
