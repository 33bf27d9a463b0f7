import type { Log } from '#server/errors.ts'
import { findAuditHead, type AuditHead } from '#server/store/staff-audit.ts'
import type { Queries } from '#server/store/database.ts'

/** By this message the lines are found again in a log. */
export const ANCHOR = 'audit anchor'

/** Says which row was the last, and its hash: at the end of each day, and whenever the portal starts. */
export function noteAnchor(log: Log, { day, seq, hash }: AuditHead): void {
  log.warn({ day: dayText(day), seq, hash }, ANCHOR)
}

export async function noteAnchorAtStart(log: Log, database: Queries): Promise<void> {
  const head = await findAuditHead(database)
  if (head.seq > 0) noteAnchor(log, head)
}

/** `2026-11-29` of the days since 1970-01-01, UTC. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}
