import type { Outcome, PayRequest } from '#contract/deed.ts'
import type { Account } from '#diagnosis/account.ts'
import { canPayAll } from '#diagnosis/payable-currencies.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { closeSetup, isOwnSetup } from '#server/store/setups.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { readMethods } from '#server/stripe/read-account.ts'
import { pinMethod, readSetup, type SetupState } from '#server/stripe/save-card.ts'
import { declinedBy } from './declined-by.ts'
import type { Payer } from './deed.ts'
import { secondTry } from './second-try.ts'

/** A card that can be charged; otherwise what keeps it from that. */
export type ChosenCard =
  | { readonly kind: 'card'; readonly method: string; readonly justSaved: boolean }
  | { readonly kind: 'none'; readonly outcome: Outcome }

/**
 * The card the person chose: one of their saved ones, whose place stays as it is, or the one just saved, which becomes
 * the default everywhere the old one was. `currency`: of what is paid with it. Throws ApiError not-found,
 * StripeUnreachable.
 */
export async function chooseCard(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { with: chosen, currency }: { readonly with: PayRequest['with']; readonly currency: string | undefined },
): Promise<ChosenCard> {
  const currencies = currenciesFor(payer, chosen, currency)
  const card = await lookAtCard(hands, payer, session, { with: chosen, currencies })
  await keepCard(hands, payer, card)
  return card
}

/** A card just saved is charged from now on; a guest's only where the link says so. Throws StripeUnreachable. */
export async function keepCard({ stripe }: Hands, { customer, facts }: Payer, card: ChosenCard): Promise<void> {
  if (card.kind === 'none' || !card.justSaved) return
  const { method } = card
  await pinMethod(stripe, { customer, method, subscriptions: pinnedElsewhere(facts, method) })
}

export type Choice = {
  readonly with: PayRequest['with']
  /** What it has to pay in. */
  readonly currencies: readonly string[]
}

/** Of what is paid now and, where a card just saved takes the place of the old one, of everything charged by itself. */
export function currenciesFor(
  { guest, facts }: Payer,
  chosen: PayRequest['with'],
  currency: string | undefined,
): readonly string[] {
  const takesOver = 'setupIntent' in chosen && (!guest || guest.keepsCard)
  const living = facts.subscriptions.filter(({ endedAt }) => endedAt === undefined)
  const needed = [currency, ...(takesOver ? living.map((subscription) => subscription.currency) : [])]
  return needed.filter((one) => one !== undefined)
}

/**
 * The card the person chose, nothing else: what is bought and not owed must not cost them the card that works. One that
 * cannot pay in a currency it would have to is refused before anybody asks a bank.
 */
export async function lookAtCard(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { with: chosen, currencies }: Choice,
): Promise<ChosenCard> {
  if ('method' in chosen) {
    const methods = await readMethods(hands.stripe, payer.customer)
    const method = methods.find(({ id }) => id === chosen.method)
    if (!method) throw new ApiError('not-found', 'There is no such payment method')
    if (!canPayAll(method, currencies)) return refused
    const before = await secondTry(hands, session, { attempt: payer.attempt, method })
    return before ? { kind: 'none', outcome: before } : { kind: 'card', method: chosen.method, justSaved: false }
  }
  if (payer.guest && !(await isOwnSetup(hands.database, session, chosen.setupIntent))) throw new ApiError('not-allowed')
  const setup = await readSetup(hands.stripe, chosen.setupIntent)
  if (!setup || setup.customer !== payer.customer) throw new ApiError('not-found', 'There is no such card set-up')
  if (setup.status !== 'succeeded' || !setup.method) return { kind: 'none', outcome: unfinished(setup) }
  const method = setup.method.id
  const before = await secondTry(hands, session, { attempt: payer.attempt, method: setup.method })
  if (before) return { kind: 'none', outcome: before }
  await closeSetup(hands.database, session, setup.id)
  if (!canPayAll(setup.method, currencies)) return refused
  // Saved for this one payment: pinned nowhere, and asked for with the person there.
  if (payer.guest && !payer.guest.keepsCard) return { kind: 'card', method, justSaved: false }
  return { kind: 'card', method, justSaved: true }
}

const refused: ChosenCard = { kind: 'none', outcome: { kind: 'refused', because: 'currency' } }

/** Subscriptions that would go on charging another card. Stripe lets nothing be changed on an incomplete one. */
export function pinnedElsewhere({ subscriptions }: Account, method: string): readonly string[] {
  return subscriptions
    .filter(({ status }) => !['incomplete', 'incomplete_expired', 'canceled'].includes(status))
    .filter((subscription) => subscription.method !== undefined && subscription.method.id !== method)
    .map(({ id }) => id)
}

function unfinished({ status, error }: SetupState): Outcome {
  if (status === 'processing') return { kind: 'processing' }
  if (!error) return { kind: 'declined', decline: 'confirm', sameCardCanWork: true }
  return declinedBy(error)
}
