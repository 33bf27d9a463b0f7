import { z } from 'zod'
import { AuditIdSchema, StaffDeedSchema, StaffRoleSchema } from './staff.ts'
import { InstantSchema } from './money.ts'

/** A place in the audit: its day, and the row's number in it. */
const AuditPlaceSchema = z.string().regex(/^\d{1,6}\.\d{1,15}$/, 'the `more` of the page before')

/** `GET /api/desk/audit?staff=…&account=…&deed=…&before=…`: newest first. */
export const AuditQuerySchema = z.object({
  /** The identity provider's `sub`. */
  staff: z.string().min(1).max(255).exactOptional(),
  account: z.string().min(1).max(200).exactOptional(),
  deed: StaffDeedSchema.exactOptional(),
  before: AuditPlaceSchema.exactOptional(),
})
export type AuditQuery = z.infer<typeof AuditQuerySchema>

const AuditRowSchema = z
  .object({
    id: AuditIdSchema,
    at: InstantSchema,
    staff: z.object({ id: z.string(), name: z.string(), role: StaffRoleSchema }).readonly(),
    deed: StaffDeedSchema,
    /** Empty where it was about no account. */
    app: z.string(),
    account: z.string(),
    subject: z.string().exactOptional(),
    reason: z.string().exactOptional(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).exactOptional(),
    ip: z.string(),
    request_id: z.string(),
    hash: z.string(),
  })
  .readonly()
export type AuditRow = z.infer<typeof AuditRowSchema>

export const AuditPageSchema = z
  .object({
    rows: z.array(AuditRowSchema).readonly(),
    /** Where the next page begins; without it there is none. */
    more: AuditPlaceSchema.exactOptional(),
    /** Everybody who is named in the audit. */
    people: z.array(z.object({ id: z.string(), name: z.string() }).readonly()).readonly(),
  })
  .readonly()
  .meta({ id: 'AuditPage' })
export type AuditPage = z.infer<typeof AuditPageSchema>
