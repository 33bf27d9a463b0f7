/** Somebody of the merchant's support, as the identity provider knows them. */
export type StaffPerson = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly groups: readonly string[]
  /** What is said of them on the sign-in page. */
  readonly may: string
}

/** One for each role of the desk. */
export const staffPeople: readonly StaffPerson[] = [
  {
    id: 'staff_vera',
    name: 'Vera Lindqvist',
    email: 'vera@northwind.example',
    groups: ['support-viewers'],
    may: 'Viewer: looks things up, with customers’ details masked',
  },
  {
    id: 'staff_adil',
    name: 'Adil Rahman',
    email: 'adil@northwind.example',
    groups: ['support-agents'],
    may: 'Agent: also sends links, writes notes, and unmasks with a reason',
  },
  {
    id: 'staff_olga',
    name: 'Olga Petrova',
    email: 'olga@northwind.example',
    groups: ['support-operators'],
    may: 'Operator: also extends grace, gives credit, and sends events again',
  },
  {
    id: 'staff_amara',
    name: 'Amara Diallo',
    email: 'amara@northwind.example',
    groups: ['support-admins'],
    may: 'Admin: also reads the audit',
  },
]
