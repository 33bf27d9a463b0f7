import type { AuditPage, AuditQuery } from '#contract/desk-audit.ts'
import { compact } from '#diagnosis/compact.ts'
import type { AuditRow } from '#server/store/staff-audit.ts'
import { findAuditPage, findAuditPeople, lineOf, readAudit } from '#server/store/staff-audit-pages.ts'
import { looked } from './audit.ts'
import type { DeskContext, DeskHands } from './context.ts'

const PAGE = 50

/** What staff have looked at and done, as far back as is asked; who reads it is written down too. Throws ApiError not-allowed. */
export async function auditPage(hands: DeskHands, c: DeskContext, query: AuditQuery): Promise<AuditPage> {
  const { before, ...filter } = query
  const [day = 0, seq = 0] = before?.split('.').map(Number) ?? []
  const asked = new URLSearchParams(Object.entries(filter)).toString()
  return looked(hands, c, { deed: 'read-audit', ...(asked !== '' && { subject: asked }) }, async () => {
    const found = await findAuditPage(hands.database, filter, PAGE + 1, before === undefined ? undefined : { day, seq })
    const rows = found.slice(0, PAGE)
    const last = found.length > PAGE ? rows.at(-1) : undefined
    return {
      rows: rows.map(told),
      ...(last && { more: `${last.day}.${last.seq}` }),
      people: [...(await findAuditPeople(hands.database))],
    }
  })
}

/** The whole chain with its hashes, one row a line, oldest first, its own row included. Throws ApiError not-allowed. */
export function exportAudit(hands: DeskHands, c: DeskContext): Promise<ReadableStream<Uint8Array>> {
  return looked(hands, c, { deed: 'read-audit', subject: 'export' }, async () => {
    const rows = readAudit(hands.database)
    const encoder = new TextEncoder()
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await rows.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(lineOf(value)))
      },
      async cancel() {
        await rows.return(undefined)
      },
    })
  })
}

function told({
  id,
  at,
  staff,
  name,
  role,
  deed,
  app,
  account,
  subject,
  reason,
  detail,
  ip,
  requestId,
  hash,
}: AuditRow) {
  const more = compact({ subject, reason, detail })
  return { id, at, staff: { id: staff, name, role }, deed, app, account, ...more, ip, request_id: requestId, hash }
}
