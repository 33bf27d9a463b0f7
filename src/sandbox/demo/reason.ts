import type { Warning } from '#sdk/decision.ts'

/** Why a portal refuses, as apps hear of it. */
export type Reason = Warning['reason']
