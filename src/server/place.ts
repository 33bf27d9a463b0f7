import type { Place } from '#contract/place.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Hands } from './context.ts'
import { appOf } from './own.ts'
import { payingRoles } from './paying-roles.ts'
import type { AccountRecord } from './store/accounts.ts'
import type { SessionRecord } from './store/sessions.ts'

/** The part of an account page's answer that its frame needs. Throws ApiError not-found for an app that is gone. */
export function placeFor(hands: Hands, session: SessionRecord, record: AccountRecord): Place {
  const { config, now } = hands
  const app = appOf(hands, session.app)
  const member = record.members.find(({ id }) => id === session.member)
  return {
    now: now(),
    account: { id: record.account, label: record.label },
    app: { id: app.id, name: app.name, url: app.url },
    merchant: config.merchant,
    member: { id: session.member, role: session.role, ...compact({ name: member?.name }) },
    sandbox: config.stripe.sandbox,
    mayPay: payingRoles.includes(session.role),
  }
}
