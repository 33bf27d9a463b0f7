import type { Person } from '#contract/people.ts'
import { Told } from '#portal/told.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { calledName } from './named.ts'

/** What was done with somebody, who is named as they are now. */
export type PeopleDone = { readonly kind: 'remove' | 'owner' | 'role'; readonly person: Person }

export function PeopleTold({ done: { kind, person } }: { readonly done: PeopleDone }) {
  const { say } = useWords()
  const values = { name: <bdi className="wrap-anywhere">{calledName(person)}</bdi>, role: say(`role.${person.role}`) }
  return (
    <Told key={`${kind} ${person.id} ${person.role}`} word={<Words id={`people.done.${kind}`} values={values} />} />
  )
}
