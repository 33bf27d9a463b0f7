import type { TeamMember } from '#contract/desk-answer.ts'
import type { Member, Role } from '#contract/account.ts'
import type { StaffRole } from '#contract/staff.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Config } from '#server/config.ts'
import { payingRoles } from '#server/paying-roles.ts'
import type { AccountRecord } from '#server/store/accounts.ts'
import { findNewestAsks, type Asked } from '#server/store/asked.ts'
import type { Queries } from '#server/store/database.ts'
import { personFor } from './mask.ts'

const AT_MOST = 30
/** A letter that is older than this helps nobody any more. */
const ASKED_SECONDS = 7 * 86_400

const order: readonly Role[] = ['owner', 'billing_admin', 'member', 'viewer']

/** The account's people, those who can mend it first, and who of them was asked to. */
export async function teamOf(
  { config, database, now }: { config: Pick<Config, 'mail'>; database: Queries; now: () => number },
  role: StaffRole,
  record: AccountRecord,
): Promise<{ members: readonly TeamMember[]; total: number }> {
  const asked = await findNewestAsks(database, record, now() - ASKED_SECONDS)
  const members = record.members
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
    .slice(0, AT_MOST)
    .map((member) => ({
      person: personFor(role, member),
      canFix: payingRoles.includes(member.role),
      reachable: config.mail !== undefined && member.email !== undefined,
      ...compact({ asked: askedOf(asked, member) }),
    }))
  return { members, total: record.members.length }
}

/** Letters of support are known by where they went. */
function askedOf(asked: readonly Asked[], { id, email }: Member): TeamMember['asked'] | undefined {
  const found = asked.find((one) =>
    one.by === 'colleague' ? one.to === id : one.to.toLowerCase() === email?.toLowerCase(),
  )
  return found && { at: found.at, by: found.by, state: found.state }
}
