import { AuditPageSchema, AuditQuerySchema } from '#contract/desk-audit.ts'
import { createRoute } from '@hono/zod-openapi'
import { auditPage, exportAudit } from '#server/desk/audit-log.ts'
import type { DeskHands } from '#server/desk/context.ts'
import { createDeskRouter } from '#server/desk/router.ts'
import { requireStaff } from '#server/desk/staff-session.ts'
import { answers, problems } from '#server/openapi.ts'

const page = createRoute({
  method: 'get',
  path: '/api/desk/audit',
  request: { query: AuditQuerySchema },
  responses: { 200: answers(AuditPageSchema, 'What staff have looked at and done, newest first.'), ...problems },
})
const everything = createRoute({
  method: 'get',
  path: '/api/desk/audit/export',
  responses: { 200: { description: 'Every row with its hashes, one JSON object a line.' }, ...problems },
})

export function deskAuditRoutes(hands: DeskHands) {
  const router = createDeskRouter()
  router.use('/api/desk/audit', requireStaff(hands))
  router.use('/api/desk/audit/*', requireStaff(hands))
  return router
    .openapi(page, async (c) => c.json(await auditPage(hands, c, c.req.valid('query')), 200))
    .openapi(everything, async (c) =>
      c.body(await exportAudit(hands, c), 200, {
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        'Content-Disposition': `attachment; filename="desk-audit-${new Date(hands.now() * 1_000).toISOString().slice(0, 10)}.ndjson"`,
        'Cache-Control': 'no-store',
      }),
    )
}
