import { z } from 'zod'
import { InstantSchema } from './money.ts'
import { textOf } from './text.ts'

/** Owner and billing admin may pay; members and viewers see what is wrong and who can mend it. */
const roles = ['owner', 'billing_admin', 'member', 'viewer'] as const
export const RoleSchema = z.enum(roles)
export type Role = z.infer<typeof RoleSchema>

/** Who a session belongs to: a member, or whoever holds a guest link. No app can make somebody a guest. */
export const SessionRoleSchema = z.enum([...roles, 'guest'])
export type SessionRole = z.infer<typeof SessionRoleSchema>

/** An id of the app's own: anything printable without spaces. */
export const IdSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, 'printable ASCII without spaces')

export const MemberSchema = z.strictObject({
  id: IdSchema.meta({ description: "The app's id of this person." }),
  role: RoleSchema.meta({ description: 'Owners and billing admins may pay; the others see what is wrong.' }),
  name: textOf(200).min(1).exactOptional(),
  email: z
    .email()
    .max(320)
    .exactOptional()
    .meta({ description: 'For signing in without the app, and for letters from colleagues.' }),
})
export type Member = z.infer<typeof MemberSchema>

/** The merchant serves this account nothing until it is lifted. The note may be read by the customer. */
export const HoldSchema = z.strictObject({ since: InstantSchema, note: textOf(500).min(1).exactOptional() })

/** `PUT /v1/accounts/{id}`: the whole truth about an account as the app knows it; what is left out is removed. */
export const AccountPutSchema = z
  .strictObject({
    stripe_customer: z
      .string()
      .max(255)
      .regex(/^cus_\w+$/)
      .exactOptional()
      .meta({ description: 'The Stripe customer who pays; leave out while there is none.' }),
    label: textOf(200).min(1).meta({ description: 'The name shown above every amount.' }),
    hold: HoldSchema.exactOptional().meta({ description: 'Serve this account nothing until it is left out again.' }),
    seats: z.int().min(0).exactOptional().meta({ description: 'How many seats are taken.' }),
    members: z
      .array(MemberSchema)
      .max(1_000)
      .default([])
      .refine((members) => new Set(members.map(({ id }) => id)).size === members.length, 'member ids must differ')
      .meta({ description: 'Everybody of the account; who is left out is signed out of the portal.' }),
  })
  .meta({ id: 'AccountPut' })

export const AccountSchema = z
  .object({
    id: IdSchema,
    label: z.string(),
    stripe_customer: z.string().nullable(),
    hold: HoldSchema.exactOptional(),
    seats: z.int().exactOptional(),
    members: z.array(MemberSchema),
  })
  .meta({ id: 'Account' })
