import type { Refused } from '#contract/desk-answer.ts'
import type { DeskPerson } from '#contract/desk-person.ts'
import type { StaffRole } from '#contract/staff.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import type { Policy } from '#diagnosis/policy.ts'
import { reasonFacts } from '#diagnosis/reason.ts'
import type { AccountRecord } from '#server/store/accounts.ts'
import type { Refusal } from '#server/store/refusals.ts'
import { deskBlocker } from './blockers.ts'
import { personFor } from './mask.ts'

type Ground = {
  readonly record: AccountRecord
  readonly policy: Policy
  readonly role: StaffRole
  /** Of the same request, now. */
  readonly diagnosis: Diagnosis
  readonly pinned: boolean
}

/** One refused request: what was asked for and told, by which rule, and whether it would be served now. */
export function refusedFor({ check, rule }: Refusal, ground: Ground): Refused {
  const { id, created, feature, meter, quantity, apiKey, told, refused, reported, reasons, seen, returned } = check
  const { policy, diagnosis } = ground
  return {
    check: id,
    at: created,
    pinned: ground.pinned,
    visitor: check.audience === 'visitor',
    refused,
    reason: reported,
    title: reasonFacts[reported].title,
    reasons,
    now: diagnosis.verdict === 'unchecked' ? 'unknown' : diagnosis.access ? 'served' : 'refused',
    ...compact({
      actor: actorOf(check.actor, ground),
      feature,
      meter: meter === undefined ? undefined : counted(meter, policy),
      quantity,
      apiKey,
      said: told,
      seen,
      returned,
      cancelled: check.cancelled,
      rule: rule && { ...rule, blockers: rule.blockers.map((blocker) => deskBlocker(blocker)) },
    }),
  }
}

function actorOf(actor: string | undefined, { record, role }: Ground): DeskPerson | undefined {
  if (actor === undefined) return undefined
  const member = record.members.find(({ id }) => id === actor)
  return member ? personFor(role, member) : { id: actor }
}

function counted(id: string, { meters }: Policy) {
  const terms = meters?.[id]
  return { id, name: terms?.name ?? id, unit: terms?.unit ?? '' }
}
