import type { Member, Role } from '#contract/account.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import type { Reason } from '#diagnosis/reason.ts'
import { speak } from '#diagnosis/speak.ts'
import type { Config } from './config.ts'
import { shownTo } from './redact.ts'
import type { CheckRecord } from './store/checks.ts'

/**
 * Who reads a refusal that an app passes on: a member by their role, a `stranger` whom only the app knows, or a `visitor`,
 * to whom this account is none of their business.
 */
export type Reader = Role | 'stranger' | 'visitor'

export function readerOf(
  { audience, actor }: Pick<CheckRecord, 'audience' | 'actor'>,
  members: readonly Pick<Member, 'id' | 'role'>[],
): Reader {
  if (audience === 'visitor') return 'visitor'
  // Without a person it is the account itself that asks, with a key of the app's own API.
  if (actor === undefined) return 'owner'
  return members.find(({ id }) => id === actor)?.role ?? 'stranger'
}

/** What can be told to anybody: it is nobody's billing. */
const publicReasons: readonly Reason[] = ['upstream_billing', 'rate_limited']

/** The diagnosis as this reader may know it; a visitor learns that it is not for them to mend, and nothing else. */
export function diagnosisFor(config: Config, reader: Reader, diagnosis: Diagnosis): Diagnosis {
  if (reader !== 'visitor') return shownTo(config, reader === 'stranger' ? 'viewer' : reader, diagnosis)
  const { blockers } = diagnosis
  const isPublic = blockers.length > 0 && blockers.every(({ reason }) => publicReasons.includes(reason))
  const told = isPublic ? blockers : blockers.slice(0, 1).map(() => speak('unknown', undefined, { cause: 'unclear' }))
  return { ...diagnosis, blockers: told, warnings: [] }
}
