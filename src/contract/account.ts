import { z } from 'zod'

/** Owner and billing admin may pay; members and viewers see what is wrong and who can mend it. */
const roles = ['owner', 'billing_admin', 'member', 'viewer'] as const
export const RoleSchema = z.enum(roles)
export type Role = z.infer<typeof RoleSchema>

/** An id of the app's own: anything printable without spaces. */
export const IdSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, 'printable ASCII without spaces')

export const MemberSchema = z.strictObject({
  id: IdSchema.meta({ description: "The app's id of this person." }),
  role: RoleSchema,
  name: z.string().min(1).max(200).exactOptional(),
  email: z.email().max(320).exactOptional(),
})
export type Member = z.infer<typeof MemberSchema>

/** `PUT /v1/accounts/{id}`: the whole truth about an account as the app knows it; what is left out is removed. */
export const AccountPutSchema = z
  .strictObject({
    stripe_customer: z
      .string()
      .regex(/^cus_\w+$/)
      .exactOptional()
      .meta({ description: 'The Stripe customer who pays; leave out while there is none.' }),
    label: z.string().min(1).max(200).meta({ description: 'The name shown above every amount.' }),
    members: z
      .array(MemberSchema)
      .max(1_000)
      .default([])
      .refine((members) => new Set(members.map(({ id }) => id)).size === members.length, 'member ids must differ'),
  })
  .meta({ id: 'AccountPut' })

export const AccountSchema = z
  .object({
    id: IdSchema,
    label: z.string(),
    stripe_customer: z.string().nullable(),
    members: z.array(MemberSchema),
  })
  .meta({ id: 'Account' })
