import { OpenAPIHono } from '@hono/zod-openapi'
import { refuseInvalid } from '#server/openapi.ts'
import type { DeskEnv } from './context.ts'

/** A router of the desk whose requests are checked by their schemas, as the portal's are. */
export function createDeskRouter(): OpenAPIHono<DeskEnv> {
  return new OpenAPIHono<DeskEnv>({ defaultHook: refuseInvalid })
}
