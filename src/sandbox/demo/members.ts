/** The people of every demo account, by the demo's own ids. */
export const members = [
  { id: 'anna', role: 'owner', name: 'Anna', email: 'anna@acme.example' },
  { id: 'jo', role: 'billing_admin', name: 'Jo', email: 'jo@acme.example' },
  { id: 'sam', role: 'member', name: 'Sam', email: 'sam@acme.example' },
] as const
export type MemberId = (typeof members)[number]['id']
