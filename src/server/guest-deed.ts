import type { Outcome } from '#contract/deed.ts'
import type { Hands } from './context.ts'
import { forgetCard, forgetCards } from './jobs/forget-cards.ts'
import { markGuestLink, type GuestLinkRecord } from './store/guest-links.ts'

/** What a guest's deed leaves behind: a paid link is over, and neither a card that paid once nor a refused one is kept. */
export async function settleGuestDeed(
  hands: Hands,
  link: GuestLinkRecord,
  { request, outcome }: { request: unknown; outcome: Outcome },
): Promise<void> {
  if (outcome.kind === 'done') {
    await markGuestLink(hands.database, link, 'used', hands.now())
    await forgetCards(hands)
    return
  }
  if ((outcome.kind !== 'declined' && outcome.kind !== 'refused') || link.keepsCard) return
  const { with: card } = request as { with?: { setupIntent?: string } }
  if (card?.setupIntent !== undefined) await forgetCard(hands, { ...link, setupIntent: card.setupIntent })
}
