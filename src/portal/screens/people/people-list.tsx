import type { People, Person } from '#contract/people.ts'
import { useFormat } from '#portal/format.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { Badge } from '#ui/badge.tsx'
import { LinkButton } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { useMemo, useState } from 'react'
import { calledName, inOrder, isFound } from './named.ts'
import { PeopleTold, type PeopleDone } from './people-told.tsx'
import { PersonDialog } from './person-dialog.tsx'

/** So many at once; fewer need no search field. */
const PAGE = 20
const SEARCHED = 12

export function PeopleList({ page }: { readonly page: People }) {
  const { locale } = useFormat()
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState(PAGE)
  const [chosen, setChosen] = useState<string>()
  const [done, setDone] = useState<PeopleDone>()
  const sorted = useMemo(() => inOrder(page.people, locale), [page.people, locale])
  const found = typed.trim() === '' ? sorted : sorted.filter((person) => isFound(person, typed))
  // Whoever is gone meanwhile is no longer spoken of.
  const person = page.people.find(({ id }) => id === chosen)
  function tell(what: PeopleDone) {
    setChosen(undefined)
    setDone(what)
  }
  return (
    <div className="flex flex-col gap-4">
      {done && !person && <PeopleTold done={done} />}
      {sorted.length > SEARCHED && (
        <TextField
          id="find"
          type="search"
          label={<Words id="people.search" />}
          value={typed}
          onType={(text) => {
            setTyped(text)
            setShown(PAGE)
          }}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
        />
      )}
      <output className="block text-small text-quiet empty:hidden">
        {typed.trim() !== '' && <Words id="people.found" values={{ count: found.length }} />}
      </output>
      {found.length > 0 && (
        <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
          {found.slice(0, shown).map((one) => (
            <Row key={one.id} page={page} person={one} onChange={() => setChosen(one.id)} />
          ))}
        </ul>
      )}
      {found.length > shown && (
        <LinkButton onClick={() => setShown(shown + PAGE)}>
          <Words id="people.more" values={{ count: Math.min(PAGE, found.length - shown) }} />
        </LinkButton>
      )}
      {person && <PersonDialog page={page} person={person} onClose={() => setChosen(undefined)} onDone={tell} />}
    </div>
  )
}

type RowProps = { readonly page: People; readonly person: Person; readonly onChange: () => void }

function Row({ page, person, onChange }: RowProps) {
  const { say } = useWords()
  const format = useFormat()
  const name = calledName(person)
  const isSelf = person.id === page.member.id
  return (
    <li className="flex items-center gap-x-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">
          <bdi>{name}</bdi>
          {isSelf && (
            <span className="font-normal text-quiet">
              {' · '}
              <Words id="people.you" />
            </span>
          )}
        </p>
        {person.email !== undefined && person.email !== name && (
          <p className="text-small text-quiet wrap-anywhere">
            <bdi dir="ltr">{person.email}</bdi>
          </p>
        )}
        {person.invited !== undefined && (
          <Badge icon="clock">
            <Words id="people.invited" values={{ when: format.fromNow(person.invited, page.now) }} />
          </Badge>
        )}
      </div>
      <div className="flex shrink-0 flex-col items-end sm:flex-row sm:items-center sm:gap-x-4">
        <span className="text-small text-quiet">
          <Words id={`role.${person.role}`} />
        </span>
        {page.mayManage && !isSelf && (
          <LinkButton onClick={onChange} aria-label={say('people.changeNamed', { name })}>
            <Words id="people.change" />
          </LinkButton>
        )}
      </div>
    </li>
  )
}
