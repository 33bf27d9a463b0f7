import type { Person } from '#contract/people.ts'

/** Whoever has no name is known by their address, or by the app's id. */
export function calledName({ name, email, id }: Person): string {
  return name ?? email ?? id
}

/** In the reader's alphabet, owners and payers first: they are who one looks for. */
export function inOrder(people: readonly Person[], locale: string): readonly Person[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  return people.toSorted((a, b) => ranks[a.role] - ranks[b.role] || compare(calledName(a), calledName(b)))
}

const ranks = { owner: 0, billing_admin: 1, member: 2, viewer: 2 } as const satisfies Record<Person['role'], number>

/** Whether all the words typed are somewhere in what is known of this person. */
export function isFound(person: Person, typed: string): boolean {
  const text = plain([person.name, person.email, person.id].filter(Boolean).join(' '))
  return plain(typed)
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Accents and capitals do not matter when one looks for somebody. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()
}
