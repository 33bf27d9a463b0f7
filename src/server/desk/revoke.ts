import type { DeskDone, RevokeActSchema } from '#contract/desk-acts.ts'
import type { z } from 'zod'
import { revokeGuestLinks } from '#server/store/guest-links.ts'
import { deleteSessionsOf } from '#server/store/sessions.ts'
import { actOnce, type Attempt } from './act-once.ts'

/**
 * Signs people of an account out of the portal, at once. Guests come in by a link: with them, the links that still open
 * are revoked. Throws ApiError not-found.
 */
export async function revokeSessions(attempt: Attempt, request: z.infer<typeof RevokeActSchema>): Promise<DeskDone> {
  const { hands, account } = attempt
  const { who } = request
  const subject = who.kind === 'member' ? who.member : who.kind
  const { result } = await actOnce(
    attempt,
    { deed: 'revoke-sessions', subject, request },
    {
      act: async (queries) => ({
        deed: 'revoke-sessions',
        sessions: await deleteSessionsOf(queries, account, who),
        links: who.kind === 'member' ? 0 : await revokeGuestLinks(queries, account, hands.now()),
      }),
    },
  )
  if (!result) throw new Error('what was done is not remembered')
  return result
}
