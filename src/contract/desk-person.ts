import { z } from 'zod'
import { IdSchema, RoleSchema } from './account.ts'

/** One detail about a person that some roles see behind a mask: `billing-email`, `member:u_kim:name`, `member:u_kim:email`. */
export const MaskedFieldSchema = z
  .string()
  .max(160)
  .regex(/^(billing-email|member:[\x21-\x7e]+:(name|email))$/, 'a field that can be unmasked')

/** `field` names what is behind the mask; absent where nothing is, or where this role may not look. */
export const MaskedSchema = z.object({ text: z.string(), field: MaskedFieldSchema.exactOptional() }).readonly()
export type Masked = z.infer<typeof MaskedSchema>

/** A person of the account. `role` is absent for somebody whom the app named and who is no member. */
export const DeskPersonSchema = z
  .object({
    id: IdSchema,
    role: RoleSchema.exactOptional(),
    name: MaskedSchema.exactOptional(),
    email: MaskedSchema.exactOptional(),
  })
  .readonly()
export type DeskPerson = z.infer<typeof DeskPersonSchema>

export const DeskAppSchema = z.object({ id: z.string(), name: z.string() }).readonly()
export const DeskAccountSchema = z.object({ id: IdSchema, label: z.string() }).readonly()
