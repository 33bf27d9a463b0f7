import { deeds, staffRoles, type StaffDeed, type StaffRole } from '#contract/staff.ts'

/** From which role on something may be done. */
const least = {
  search: 'viewer',
  'read-account': 'viewer',
  'read-timeline': 'viewer',
  'read-insight': 'viewer',
  'view-as': 'agent',
  unmask: 'agent',
  'send-link': 'agent',
  note: 'agent',
  're-read': 'agent',
  'extend-grace': 'operator',
  goodwill: 'operator',
  'resend-event': 'operator',
  'revoke-sessions': 'operator',
  hold: 'operator',
  'read-audit': 'admin',
} as const satisfies Record<StaffDeed, StaffRole>

export function may(role: StaffRole, deed: StaffDeed): boolean {
  return staffRoles.indexOf(role) >= staffRoles.indexOf(least[deed])
}

export function rightsOf(role: StaffRole): readonly StaffDeed[] {
  return deeds.filter((deed) => may(role, deed))
}

/** At most so often within an hour, by one person: the desk answers questions, it does not export customers. */
export const capsPerHour = {
  search: 240,
  'read-account': 60,
  'read-timeline': 60,
  'view-as': 20,
  unmask: 20,
  'send-link': 60,
} as const satisfies Partial<Record<StaffDeed, number>>
