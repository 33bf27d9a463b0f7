import { actWords, revokeWords } from '#support/words/acts.ts'
import { Choices } from '#ui/choices.tsx'
import { useState } from 'react'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'

const GROUPS = ['everybody', 'guests'] as const

/** Whom to sign out: everybody, all guests or one person. */
export function RevokeDialog(props: ActDialogProps) {
  const { answer, acts } = props
  const { people = [], guests = 0, links = 0 } = acts.signedIn ?? {}
  const [who, setWho] = useState('everybody')
  const group = GROUPS.find((one) => one === who)
  const choices = [
    { value: 'everybody', label: revokeWords.everybody },
    { value: 'guests', label: revokeWords.guests, detail: revokeWords.guestsDetail(guests, links) },
    ...people.map(({ member, name, sessions }) => ({
      value: `member ${member}`,
      label: <bdi>{name ?? member}</bdi>,
      detail: revokeWords.sessions(sessions),
    })),
  ]
  return (
    <ActDialog
      {...props}
      title={actWords.revoke}
      path="revoke-sessions"
      go={revokeWords.go}
      body={() => ({ who: group ? { kind: group } : { kind: 'member', member: who.slice('member '.length) } })}
      means={
        <>
          <p>{revokeWords.means(answer.account.label)}</p>
          {group && <p>{revokeWords.meansLinks}</p>}
        </>
      }
    >
      {() => <Choices legend={revokeWords.who} name="who" value={who} onChoose={setWho} choices={choices} />}
    </ActDialog>
  )
}
