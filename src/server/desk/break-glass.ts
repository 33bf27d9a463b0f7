import type { DeskAnswer } from '#contract/desk-answer.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Hands } from '#server/context.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import { appendAudit } from '#server/store/staff-audit.ts'
import { randomId } from '#server/token.ts'
import { answerFor } from './answer.ts'
import { noteAnchor } from './audit-anchor.ts'

/** Who looks from the server's own shell, and whence. */
export type Breaker = { readonly user: string; readonly host: string; readonly reason: string }

/** As one who may do least at the desk: nobody has vouched for them but the operating system. */
const ROLE = 'viewer'

/**
 * The answer about an account for whoever is on the server while nobody can sign in at the desk; the audit's row is written
 * before anything is read. Throws ApiError not-found.
 */
export async function breakGlass(
  hands: Hands,
  key: AccountKey,
  check: string | undefined,
  { user, host, reason }: Breaker,
): Promise<DeskAnswer> {
  const entry = {
    ...key,
    id: randomId('aud_'),
    at: hands.now(),
    staff: `os:${user}`,
    name: user,
    role: ROLE,
    session: '',
    deed: 'read-account',
    reason,
    detail: { shell: host },
    requestId: '',
    ip: '',
    ...compact({ subject: check }),
  } as const
  const appended = await hands.database.transaction((queries) => appendAudit(queries, entry))
  if ('ended' in appended && appended.ended) noteAnchor(hands.log, appended.ended)
  hands.log.warn({ user, host, ...key }, 'the glass of the desk is broken')
  return answerFor(hands, ROLE, key, check)
}
