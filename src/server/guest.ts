import type { Visit } from '#contract/visit.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import { z } from 'zod'
import type { Reading } from './account.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { payingRoles } from './paying-roles.ts'
import { findGuestLink, type GuestLinkRecord } from './store/guest-links.ts'
import type { SessionRecord } from './store/sessions.ts'

/** All that a guest's session opens. Whatever is not in this list, now or later, is refused before it is looked at. */
const openToGuests: readonly string[] = [
  'GET /api/visit',
  'POST /api/fixes/update-card/setup',
  'POST /api/fixes/pay-invoice',
  'POST /api/fixes/confirm-payment',
]

export function isOpenToGuests(method: string, path: string): boolean {
  return openToGuests.includes(`${method} ${path}`)
}

/** The one link that this session is bound to. Throws ApiError no-session. */
export async function linkOf({ database }: Hands, session: SessionRecord): Promise<GuestLinkRecord> {
  const link = session.guestLink === undefined ? undefined : await findGuestLink(database, session, session.guestLink)
  if (!link) throw new ApiError('no-session')
  return link
}

export type GuestState = NonNullable<Visit['guest']>['state']

/** Why a link opens nothing any more, whatever it was for; undefined while it does. */
export function endOf(
  { used, revoked, expires, maker }: GuestLinkRecord,
  { members }: Reading['record'],
  now: number,
): 'paid' | 'revoked' | 'expired' | undefined {
  if (used !== undefined) return 'paid'
  // Who may not pay any more has no word in who else may.
  const stands = members.some(({ id, role }) => id === maker && payingRoles.includes(role))
  if (revoked !== undefined || !stands) return 'revoked'
  return expires <= now ? 'expired' : undefined
}

/** Whether the link can still be paid: only exactly what was shown to the one who made it. */
export function stateOf(link: GuestLinkRecord, reading: Reading, now: number): GuestState {
  const end = endOf(link, reading.record, now)
  if (end) return end
  const open = stillOpen(link, reading)
  if (open.length === 0) return 'settled'
  return open.every(({ shown, now }) => shown.amount === now.amount && shown.currency === now.currency)
    ? 'open'
    : 'changed'
}

/** The link's invoices that are open at this moment, and their sum as it was shown. */
export function debtLeft(link: GuestLinkRecord, reading: Reading): Debt {
  const ids = new Set(stillOpen(link, reading).map(({ id }) => id))
  const invoices = link.debt.invoices.filter(({ id }) => ids.has(id))
  const amount = invoices.reduce((sum, { remaining }) => sum + remaining.amount, 0)
  return { invoices, total: { amount, currency: link.debt.total.currency } }
}

function stillOpen({ debt }: GuestLinkRecord, { facts }: Reading) {
  return debt.invoices.flatMap(({ id, remaining: shown }) => {
    const invoice = facts.openInvoices.find((candidate) => candidate.id === id)
    return invoice ? [{ id, shown, now: invoice.remaining }] : []
  })
}

const InvoiceId = z.string()

/** A new card for the link's invoices, or the bank's check of one of them; nothing else. */
const GuestDeedSchema = z.union([
  z.strictObject({
    with: z.strictObject({ setupIntent: z.string() }),
    plan: z.strictObject({
      invoices: z.array(InvoiceId).min(1),
      total: z.object({ amount: z.int(), currency: z.string() }),
    }),
  }),
  z.strictObject({ invoice: InvoiceId, finished: z.boolean() }),
])

/** Holds a guest's deed to their link: its invoices, its sum, no saved card. Throws ApiError not-allowed. */
export function requireWithinLink({ debt }: GuestLinkRecord, request: unknown): void {
  const asked = GuestDeedSchema.safeParse(request)
  if (!asked.success) throw new ApiError('not-allowed')
  const ids = 'invoice' in asked.data ? [asked.data.invoice] : asked.data.plan.invoices
  const total = 'plan' in asked.data ? asked.data.plan.total : debt.total
  const isWithin =
    ids.every((id) => debt.invoices.some((invoice) => invoice.id === id)) &&
    total.currency === debt.total.currency &&
    total.amount <= debt.total.amount
  if (!isWithin) throw new ApiError('not-allowed')
}
