import { z } from 'zod'
import { IdSchema, RoleSchema } from './account.ts'
import { CheckIdSchema } from './check.ts'
import { InstantSchema } from './money.ts'
import { AuditIdSchema, StaffReasonSchema } from './staff.ts'

/** `POST /api/desk/accounts/{app}/{account}/view-as`: see this account's pages as one of its members sees them. */
export const ViewRequestSchema = z
  .strictObject({
    /** Whose eyes; the owner's, where it is left out. */
    member: IdSchema.exactOptional(),
    /** The refusal that brought them here: the view begins at its fix. */
    check: CheckIdSchema.exactOptional(),
    /** Why; the customer may read it. */
    reason: StaffReasonSchema,
  })
  .meta({ id: 'ViewRequest' })
export type ViewRequest = z.infer<typeof ViewRequestSchema>

/** Where the view begins, a path of the desk, and when it is over. */
export const ViewGrantedSchema = z.object({ path: z.string(), until: InstantSchema }).meta({ id: 'ViewGranted' })

/** `GET /api/desk/as/{view}`: whose eyes, and until when. The view is named by the row that it left in the audit. */
export const ViewSchema = z
  .object({
    id: AuditIdSchema,
    /** The server's clock. */
    now: InstantSchema,
    until: InstantSchema,
    staff: z.string(),
    account: z.object({ app: z.string(), id: z.string(), label: z.string() }).readonly(),
    member: z.object({ id: z.string(), name: z.string().exactOptional(), role: RoleSchema }).readonly(),
  })
  .readonly()
  .meta({ id: 'View' })
export type View = z.infer<typeof ViewSchema>
