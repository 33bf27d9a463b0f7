import { z } from 'zod'
import { SessionRoleSchema } from './account.ts'
import { InstantSchema } from './money.ts'

/** Where an account page stands and who reads it: part of every page's answer, so that its frame needs no other. */
export const place = {
  /** The server's clock. */
  now: InstantSchema,
  account: z.object({ id: z.string(), label: z.string() }).readonly(),
  app: z.object({ id: z.string(), name: z.string(), url: z.string() }).readonly(),
  merchant: z.object({ name: z.string(), supportUrl: z.string().exactOptional() }).readonly(),
  member: z.object({ id: z.string(), name: z.string().exactOptional(), role: SessionRoleSchema }).readonly(),
  sandbox: z.boolean(),
  mayPay: z.boolean(),
} as const

export const PlaceSchema = z.object(place).readonly()
export type Place = z.infer<typeof PlaceSchema>
