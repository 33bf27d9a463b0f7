import type { People, Person } from '#contract/people.ts'
import { after } from '#portal/api/after.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { calledName } from './named.ts'
import { PeopleTroubleNotice } from './people-trouble.tsx'
import type { PeopleDone } from './people-told.tsx'
import { usePeopleDeed } from './use-people-deed.ts'

type ConfirmProps = {
  readonly page: People
  readonly person: Person
  readonly kind: 'remove' | 'owner'
  readonly onDone: (done: PeopleDone) => void
}

/** What follows, by name, and the one button that does it. */
export function ConfirmChange({ page, person, kind, onDone }: ConfirmProps) {
  const { deed, dialog, trouble } = usePeopleDeed()
  const name = <bdi>{calledName(person)}</bdi>
  const account = <bdi>{page.account.label}</bdi>
  const change = () => after(deed.mutateAsync({ kind, id: person.id }), () => onDone({ kind, person }))
  return (
    <div className="flex flex-col gap-4 wrap-anywhere">
      {kind === 'remove' ? (
        <p>
          <Words id="people.removeWhy" values={{ name, account }} />
        </p>
      ) : (
        <>
          <p>
            <Words id="people.handWhy" values={{ name }} />
          </p>
          <p className="text-quiet">
            <Words id="people.handUndo" values={{ name }} />
          </p>
        </>
      )}
      <PeopleTroubleNotice trouble={trouble} />
      <Button
        onClick={change}
        busy={deed.isPending}
        busyText={<Words id={kind === 'remove' ? 'people.removing' : 'people.handing'} />}
      >
        <Words id={kind === 'remove' ? 'people.removeConfirm' : 'people.handConfirm'} values={{ name }} />
      </Button>
      {dialog}
    </div>
  )
}
