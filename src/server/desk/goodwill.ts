import type { DeskDone, GoodwillActSchema } from '#contract/desk-acts.ts'
import type { z } from 'zod'
import { giftStateOf, settle } from '#server/gifts.ts'
import { findAccount, type AccountKey } from '#server/store/accounts.ts'
import { bookGoodwill } from '#server/store/credits.ts'
import type { Queries } from '#server/store/database.ts'
import { findGift, insertGift, sumGifts, type GiftRecord } from '#server/store/goodwill.ts'
import { readCurrency } from '#server/stripe/customer-balance.ts'
import { actOnce, refusedAt, type Attempt } from './act-once.ts'
import type { DeskHands } from './context.ts'

const DAY = 86_400
/** Within so many days the merchant's caps hold for one account. */
export const GOODWILL_SECONDS = 30 * DAY

type Request = z.infer<typeof GoodwillActSchema>
type Gift = Request['gift']

/**
 * Gives credits of ours, or money off the next invoices, within the merchant's caps. Written down before Stripe is asked;
 * where Stripe does not answer it is `unknown`, found out later, and never given twice. Throws ApiError not-found,
 * invalid-request, StripeUnreachable before anything was given.
 */
export async function giveGoodwill(attempt: Attempt, request: Request): Promise<DeskDone> {
  const { hands, account } = attempt
  const { gift } = request
  const { audit } = await actOnce(
    attempt,
    { deed: 'goodwill', request, detail: { ...gift } },
    {
      prepare: () => ready(hands, account, gift),
      act: async (queries, { audit, prepared }) => {
        await requireRoom(hands, queries, account, gift)
        const state = gift.kind === 'credits' ? 'given' : 'asked'
        await insertGift(queries, { ...account, id: audit, gift: prepared, state, created: hands.now() })
        if (gift.kind === 'credits') await bookGoodwill(queries, account, creditsIn(hands, gift.credits), hands.now())
      },
    },
  )
  const written = await findGift(hands.database, { ...account, id: audit })
  if (!written) throw new Error('the gift vanished')
  const state = await settle(hands, written)
  hands.airlock.forget(account)
  return { deed: 'goodwill', state: giftStateOf(state) }
}

/** What will be given, to whom. */
async function ready(
  { config, database, desk, stripe }: DeskHands,
  key: AccountKey,
  gift: Gift,
): Promise<GiftRecord['gift']> {
  if (gift.kind === 'credits') {
    if (!config.credits || desk.goodwill?.credits === undefined) throw refusedAt('gift.kind', 'not-offered')
    return { credits: gift.credits }
  }
  const most = desk.goodwill?.money
  if (!most) throw refusedAt('gift.kind', 'not-offered')
  const { amount, currency } = gift
  const { customer } = (await findAccount(database, key)) ?? {}
  const theirs = customer === undefined ? undefined : await readCurrency(stripe, customer)
  // Before they have bought anything, Stripe would bind them to this currency.
  if (customer === undefined || theirs === undefined) throw refusedAt('gift.kind', 'no-customer')
  if (currency !== theirs || currency !== most.currency) throw refusedAt('gift.amount', 'other-currency')
  return { amount, currency, customer }
}

/** Counted while nobody else gives: two at once cannot give more than one could. */
async function requireRoom({ desk, now }: DeskHands, queries: Queries, key: AccountKey, gift: Gift): Promise<void> {
  const given = await sumGifts(queries, key, gift.kind, now() - GOODWILL_SECONDS)
  const [most, wanted, path] =
    gift.kind === 'credits'
      ? [desk.goodwill?.credits ?? 0, gift.credits, 'gift.credits']
      : [desk.goodwill?.money?.amount ?? 0, gift.amount, 'gift.amount']
  if (given + wanted > most) throw refusedAt(path, 'over-cap')
}

/** They expire as bought ones do. */
function creditsIn({ config, now }: DeskHands, credits: number) {
  const days = config.credits?.expireDays
  return { credits, ...(days !== undefined && { expires: now() + days * DAY }) }
}
