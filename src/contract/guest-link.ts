import { z } from 'zod'
import { CheckIdSchema } from './check.ts'
import { PlanSchema } from './deed.ts'
import { MoneySchema } from './money.ts'
import { MerchantSchema } from './visit.ts'

/** What a guest may be asked for: to pay open invoices, whatever the reason is called. */
const GuestFixSchema = z.enum(['update-card', 'pay-invoice', 'confirm-payment'])

/**
 * `POST /api/guest-links`: one link for one payment, for somebody without a login. The plan is what stands on the
 * payer's screen; anything else is refused.
 */
export const GuestLinkRequestSchema = z
  .strictObject({
    check: CheckIdSchema.exactOptional(),
    fix: GuestFixSchema,
    plan: PlanSchema,
    email: z.email().max(320).exactOptional().meta({ description: 'Sends the link there as well.' }),
    note: z.string().trim().min(1).max(300).exactOptional().meta({ description: 'Shown to the guest.' }),
    keeps_card: z
      .boolean()
      .default(false)
      .meta({ description: 'The guest’s card is charged from now on; otherwise it pays this once and is forgotten.' }),
  })
  .meta({ id: 'GuestLinkRequest' })
export type GuestLinkRequest = z.infer<typeof GuestLinkRequestSchema>

/** The address is told once, to the one who made it. */
export const GuestLinkMadeSchema = z
  .object({ id: z.string(), url: z.string(), expires_at: z.iso.datetime() })
  .meta({ id: 'GuestLinkMade' })

/** `GET /api/guest-links`: those that still open, newest first. */
export const GuestLinksSchema = z
  .object({
    links: z
      .array(
        z
          .object({
            id: z.string(),
            total: MoneySchema,
            email: z.string().exactOptional(),
            by: z.string().exactOptional(),
            opened: z.boolean(),
            expires_at: z.iso.datetime(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .meta({ id: 'GuestLinks' })
export type GuestLinks = z.infer<typeof GuestLinksSchema>

export const GuestLinkIdSchema = z.string().regex(/^gl_[\w-]{22}$/, 'a guest link’s id')

/** `POST /api/session/guest`. `accept` is the guest's own click. */
export const GuestEntryRequestSchema = z
  .strictObject({ token: z.string().max(100), accept: z.boolean().default(false) })
  .meta({ id: 'GuestEntryRequest' })

const from = { merchant: MerchantSchema, by: z.string().exactOptional() }

export const GuestEntrySchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('entered') }),
    /** Names who pays whom, and waits. `replaces`: this browser is signed in, and would be signed out. */
    z.object({
      kind: z.literal('continue'),
      account: z.string(),
      replaces: z.boolean(),
      ...from,
    }),
    z.object({ kind: z.literal('used'), ...from }),
    z.object({ kind: z.literal('revoked'), ...from }),
    z.object({ kind: z.literal('expired'), ...from }),
    z.object({ kind: z.literal('invalid'), merchant: MerchantSchema }),
  ])
  .meta({ id: 'GuestEntry' })
export type GuestEntry = z.infer<typeof GuestEntrySchema>
