import { z } from 'zod'
import { IdSchema, RoleSchema } from './account.ts'
import { InstantSchema } from './money.ts'
import { place } from './place.ts'
import { textOf } from './text.ts'

const PersonSchema = z
  .object({
    id: IdSchema,
    role: RoleSchema,
    name: z.string().exactOptional(),
    /** Only for those who may pay. */
    email: z.string().exactOptional(),
    /** Since when they are expected; absent once they came, and of those whom the app named. */
    invited: InstantSchema.exactOptional(),
  })
  .readonly()
export type Person = z.infer<typeof PersonSchema>

/** `GET /api/people`, and the answer of every change: everybody of the account, and whether this person may change that. */
export const PeopleSchema = z
  .object({
    ...place,
    people: z.array(PersonSchema).readonly(),
    /** Where they are managed: in the app, or here by the account's owners. */
    managed: z.enum(['app', 'portal']),
    /** The app's own page for it. */
    peopleUrl: z.string().exactOptional(),
    mayManage: z.boolean(),
    /** Letters go out, so that somebody can be invited. */
    mail: z.boolean(),
  })
  .readonly()
  .meta({ id: 'People' })
export type People = z.infer<typeof PeopleSchema>

/** `POST /api/people`: a letter to somebody who is to belong to the account. Asked again, it is written again. */
export const InviteSchema = z
  .strictObject({
    email: z.email().max(320),
    name: textOf(200).trim().min(1).exactOptional(),
    role: RoleSchema,
  })
  .meta({ id: 'Invite' })
export type Invite = z.infer<typeof InviteSchema>

/** `PUT /api/people/{id}/role`. `was` is what the owner saw: another role by now is not overwritten. */
export const RoleChangeSchema = z.strictObject({ role: RoleSchema, was: RoleSchema }).meta({ id: 'RoleChange' })
export type RoleChange = z.infer<typeof RoleChangeSchema>
