import type { Context } from 'hono'
import type { Env, Hands } from '#server/context.ts'
import type { StaffSessionRecord } from '#server/store/staff-sessions.ts'
import type { DeskConfig } from './config.ts'
import type { Identity } from './identity.ts'

/** With which hands the desk's routes work: the portal's, where the desk is, and who says who is staff. */
export type DeskHands = Hands & { readonly desk: DeskConfig; readonly identity: Identity }

/** Hono's variables at the desk. */
export type DeskEnv = { Variables: Env['Variables'] & { staff: StaffSessionRecord } }

export type DeskContext = Context<DeskEnv>
