import type { Member } from '#contract/account.ts'
import type { DeskPerson, Masked } from '#contract/desk-person.ts'
import type { StaffRole } from '#contract/staff.ts'
import { masked, personFor } from './mask.ts'

/** The people of an account as somebody at the desk may know them. */
export type People = {
  /** By the app's id; who is no member any more is known by that alone. */
  named(id: string): DeskPerson
  person(id: string | undefined): DeskPerson | undefined
  /** Of a letter. Whose is a member's can be unmasked as theirs. */
  address(email: string): Masked
  /** Somebody else's words, which may name an address. */
  hushed(words: string): string
}

export function peopleFor(role: StaffRole, members: readonly Member[]): People {
  const known = new Map(members.map((member) => [member.id, personFor(role, member)]))
  const named = (id: string) => known.get(id) ?? { id }
  return {
    named,
    person: (id) => (id === undefined ? undefined : named(id)),
    address: (email) => {
      const owner = members.find((member) => member.email?.toLowerCase() === email.toLowerCase())
      if (owner) return masked(role, 'email', email, `member:${owner.id}:email`)
      const { text } = masked(role, 'email', email, '')
      return { text }
    },
    hushed: (words) => words.replaceAll(/[^\s<>"'()]+@[^\s<>"'()]+/g, (email) => masked(role, 'email', email, '').text),
  }
}
