import { OpenAPIHono, type z } from '@hono/zod-openapi'
import { refuseInvalid, refuseUnlessValid } from '#server/openapi.ts'
import type { DeskEnv } from './context.ts'

/** A router of the desk whose requests are checked by their schemas, as the portal's are. */
export function createDeskRouter(): OpenAPIHono<DeskEnv> {
  return new OpenAPIHono<DeskEnv>({ defaultHook: refuseUnlessValid })
}

/** What a schema makes of it. Throws ApiError invalid-request. */
export function valid<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  return refuseInvalid(result)
}
