import type { Role } from '#contract/account.ts'
import type { People } from '#contract/people.ts'
import { Part } from '#portal/account-page.tsx'
import { Words, useWords } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { useState, type FormEvent } from 'react'
import { PeopleTroubleNotice } from './people-trouble.tsx'
import { RoleField } from './role-field.tsx'
import { usePeopleDeed } from './use-people-deed.ts'

const nobody = { name: '', email: '', role: 'member' as Role }
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Somebody new. What is typed stays until their letter is on its way. */
export function InviteForm({ page }: { readonly page: People }) {
  const [typed, setTyped] = useState(nobody)
  const [lacks, setLacks] = useState(false)
  const [invited, setInvited] = useState<string>()
  const { deed, refused, trouble } = usePeopleDeed()
  if (!page.mail) {
    return (
      <Part title={<Words id="people.invite" />}>
        <p className="text-quiet">
          <Words id="people.noMail" values={{ merchant: page.merchant.name }} />
        </p>
      </Part>
    )
  }

  function type(change: Partial<typeof nobody>) {
    setTyped((before) => ({ ...before, ...change }))
    setLacks(false)
    setInvited(undefined)
    if (deed.isError) deed.reset()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (deed.isPending) return
    const email = typed.email.trim()
    const name = typed.name.trim()
    if (!address.test(email)) {
      setLacks(true)
      document.getElementById('email')?.focus()
      return
    }
    const invite = { email, role: typed.role, ...(name !== '' && { name }) }
    deed.mutate(
      { kind: 'invite', invite },
      {
        onSuccess: () => {
          setTyped(nobody)
          setInvited(name === '' ? email : name)
        },
        onError: () => document.getElementById('email')?.focus(),
      },
    )
  }

  return (
    <Part title={<Words id="people.invite" />}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          id="name"
          label={<Words id="people.inviteName" />}
          note={<Words id="details.optional" />}
          value={typed.name}
          onType={(name) => type({ name })}
          autoComplete="off"
          dir="auto"
          maxLength={90}
        />
        <TextField
          id="email"
          type="email"
          label={<Words id="people.inviteEmail" />}
          hint={<Words id="people.inviteHint" />}
          {...((lacks || refused.length > 0) && {
            error: <Words id={lacks ? 'details.need.email' : 'people.known'} />,
          })}
          value={typed.email}
          onType={(email) => type({ email })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          maxLength={320}
        />
        <RoleField id="invite-role" role={typed.role} onChoose={(role) => type({ role })} />
        <PeopleTroubleNotice trouble={trouble} />
        {invited !== undefined && <Sent name={invited} />}
        <div>
          <Button type="submit" wide={false} busy={deed.isPending} busyText={<Words id="people.sending" />}>
            <Words id="people.send" />
          </Button>
        </div>
      </form>
    </Part>
  )
}

function Sent({ name }: { readonly name: string }) {
  const { say } = useWords()
  return (
    // A notice holds paragraphs, and <output> may not.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <Notice kind="success" role="status" word={<span className="wrap-anywhere">{say('people.sent', { name })}</span>} />
  )
}
