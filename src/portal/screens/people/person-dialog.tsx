import type { People, Person } from '#contract/people.ts'
import { after } from '#portal/api/after.ts'
import { Words } from '#portal/words/words.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Notice } from '#ui/notice.tsx'
import { useState } from 'react'
import { ConfirmChange } from './confirm-change.tsx'
import { calledName } from './named.ts'
import type { PeopleDone } from './people-told.tsx'
import { PeopleTroubleNotice } from './people-trouble.tsx'
import { RoleField } from './role-field.tsx'
import { usePeopleDeed } from './use-people-deed.ts'

type PersonProps = {
  readonly page: People
  readonly person: Person
  readonly onClose: () => void
  readonly onDone: (done: PeopleDone) => void
}

/** What an owner can do about one person; what cannot be taken back is asked about first. */
export function PersonDialog(props: PersonProps) {
  const [asking, setAsking] = useState<'remove' | 'owner'>()
  const name = <bdi>{calledName(props.person)}</bdi>
  const account = <bdi>{props.page.account.label}</bdi>
  const title = {
    none: name,
    remove: <Words id="people.removeTitle" values={{ name }} />,
    owner: <Words id="people.handTitle" values={{ account, name }} />,
  }[asking ?? 'none']
  return (
    <Dialog
      title={<span className="wrap-anywhere">{title}</span>}
      close={<Words id={asking === 'remove' ? 'people.keep' : 'people.close'} />}
      onClose={props.onClose}
    >
      {asking ? <ConfirmChange {...props} kind={asking} /> : <Part {...props} onAsk={setAsking} />}
    </Dialog>
  )
}

function Part({
  page,
  person,
  onClose,
  onDone,
  onAsk,
}: PersonProps & { readonly onAsk: (kind: 'remove' | 'owner') => void }) {
  const [role, setRole] = useState(person.role)
  const { deed, trouble } = usePeopleDeed()
  const { id, email, name, invited } = person
  const isExpected = invited !== undefined
  const isSending = deed.isPending && deed.variables.kind === 'invite'

  function saveRole() {
    if (deed.isPending) return
    if (role === person.role) return onClose()
    const change = { role, was: person.role }
    after(deed.mutateAsync({ kind: 'role', id, change }), () => onDone({ kind: 'role', person: { ...person, role } }))
  }

  function invite(to: string) {
    if (deed.isPending) return
    deed.mutate({ kind: 'invite', invite: { email: to, role: person.role, ...(name !== undefined && { name }) } })
  }

  return (
    <>
      <div className="flex flex-col gap-4">
        <RoleField id="role" role={role} onChoose={setRole} />
        <PeopleTroubleNotice trouble={trouble} />
        {deed.isSuccess && isExpected && (
          // A notice holds paragraphs, and <output> may not.
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          <Notice kind="success" role="status" word={<Words id="people.sentAgain" />} />
        )}
        <Button onClick={saveRole} busy={deed.isPending && !isSending} busyText={<Words id="people.saving" />}>
          <Words id="people.saveRole" />
        </Button>
      </div>
      <div className="flex flex-col items-start border-t border-hairline pt-2">
        {isExpected && email !== undefined && page.mail && (
          <LinkButton aria-disabled={deed.isPending || undefined} onClick={() => invite(email)}>
            <Words id={isSending ? 'people.sending' : 'people.again'} />
          </LinkButton>
        )}
        {!isExpected && (
          <LinkButton onClick={() => onAsk('owner')}>
            <Words id="people.hand" />
          </LinkButton>
        )}
        <LinkButton onClick={() => onAsk('remove')}>
          <Words id="people.remove" values={{ account: <bdi>{page.account.label}</bdi> }} />
        </LinkButton>
      </div>
    </>
  )
}
