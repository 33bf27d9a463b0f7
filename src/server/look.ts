import type { Visit } from '#contract/visit.ts'
import type { Hands } from './context.ts'
import { guestVisit } from './guest-visit.ts'
import type { SessionRecord } from './store/sessions.ts'
import { visit } from './visit.ts'

/** One fresh look, as this session may have it. Throws ApiError not-found, no-session. */
export function look(hands: Hands, session: SessionRecord, check: string | undefined): Promise<Visit> {
  return session.role === 'guest' ? guestVisit(hands, session, check) : visit(hands, session, check)
}
