import type { DeskPerson, Masked } from '#contract/desk-person.ts'
import type { Member } from '#contract/account.ts'
import type { StaffRole } from '#contract/staff.ts'
import { compact } from '#diagnosis/compact.ts'
import { may } from './rights.ts'

/** Who sees people's names and addresses as they are. The others see one of them after saying why. */
const plainRoles: readonly StaffRole[] = ['operator', 'admin']

/** What stands for what is not shown. */
export const HIDDEN = '•••'

/** Whether nothing is masked for this role. */
export function isPlain(role: StaffRole): boolean {
  return plainRoles.includes(role)
}

/** What of a person's address or name this role reads. `field` is what `unmask` is asked for. */
export function masked(role: StaffRole, kind: 'email' | 'name', value: string, field: string): Masked {
  if (isPlain(role)) return { text: value }
  return { text: masks[kind](value), ...(may(role, 'unmask') && { field }) }
}

/** A member as this role may know them. */
export function personFor(role: StaffRole, { id, role: theirs, name, email }: Member): DeskPerson {
  return {
    id,
    role: theirs,
    ...compact({
      name: name === undefined ? undefined : masked(role, 'name', name, `member:${id}:name`),
      email: email === undefined ? undefined : masked(role, 'email', email, `member:${id}:email`),
    }),
  }
}

const masks = {
  /** "a•••@e•••.com": enough to recognise what a customer says, too little to write to. */
  email: (email) => {
    const at = email.lastIndexOf('@')
    const domain = email.slice(at + 1)
    const dot = domain.lastIndexOf('.')
    return `${firstOf(email)}${HIDDEN}@${firstOf(domain)}${HIDDEN}${dot < 0 ? '' : domain.slice(dot)}`
  },
  /** "A. S." */
  name: (name) =>
    name
      .split(/\s+/)
      .filter((word) => word !== '')
      .slice(0, 4)
      .map((word) => `${firstOf(word)}.`)
      .join(' '),
} as const satisfies Record<'email' | 'name', (value: string) => string>

const letters = new Intl.Segmenter('en')

function firstOf(text: string): string {
  const [first] = letters.segment(text)
  return first?.segment ?? ''
}
