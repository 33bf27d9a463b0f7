/** The people of every demo account, by the demo's own ids. */
export const members = [
  { id: 'anna', role: 'owner', name: 'Anna', email: 'anna@acme.example' },
  { id: 'jo', role: 'billing_admin', name: 'Jo', email: 'jo@acme.example' },
  { id: 'sam', role: 'member', name: 'Sam', email: 'sam@acme.example' },
] as const

export type DemoMember = {
  readonly id: string
  readonly role: 'owner' | 'billing_admin' | 'member' | 'viewer'
  readonly name: string
  readonly email?: string
}

/** As long as a name of people gets. */
const longName = 'Maria Antonia Josefa von und zu Hohenfels-Oberwasserburg y Fernández de la Vega-Etxeberria'

/** Sixty people, one of them with a name of ninety characters. */
export const crowd: readonly DemoMember[] = [
  ...members,
  { id: 'maria', role: 'billing_admin', name: longName, email: 'maria@acme.example' },
  ...Array.from({ length: 56 }, (_, at): DemoMember => ({ id: `person_${at}`, role: 'member', name: `Person ${at}` })),
]

export type MemberId = (typeof members)[number]['id']
