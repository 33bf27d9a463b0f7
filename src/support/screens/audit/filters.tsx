import type { AuditPage } from '#contract/desk-audit.ts'
import { deeds } from '#contract/staff.ts'
import type { AuditWish } from '#support/api/audit.ts'
import { paths } from '#support/paths.ts'
import { auditWords, deedWords } from '#support/words/audit.ts'
import { Button } from '#ui/button.tsx'
import { SelectField, TextField } from '#ui/field.tsx'
import { useState, type FormEvent } from 'react'
import { Link, useNavigate } from 'react-router-dom'

type FiltersProps = { readonly wish: AuditWish; readonly people: AuditPage['people'] }

/** Which rows are shown: all of it stands in the address. */
export function Filters({ wish, people }: FiltersProps) {
  const navigate = useNavigate()
  const [typed, setTyped] = useState<Record<'staff' | 'deed' | 'account', string>>({
    staff: '',
    deed: '',
    account: '',
    ...wish,
  })
  const type = (name: keyof typeof typed) => (value: string) => setTyped((before) => ({ ...before, [name]: value }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const asked = Object.entries(typed).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : []))
    void navigate({ pathname: paths.audit, search: new URLSearchParams(asked).toString() })
  }
  return (
    <form
      onSubmit={submit}
      className="grid gap-4 sm:grid-cols-2 lg:grid-cols-[14rem_16rem_16rem_auto_1fr] lg:items-end"
    >
      <SelectField
        id="audit-staff"
        label={auditWords.person}
        value={typed.staff}
        empty={auditWords.everybody}
        groups={[{ options: people.map(({ id, name }) => ({ value: id, label: name })) }]}
        onChoose={type('staff')}
      />
      <SelectField
        id="audit-deed"
        label={auditWords.deed}
        value={typed.deed}
        empty={auditWords.everything}
        groups={[{ options: deeds.map((deed) => ({ value: deed, label: deedWords[deed] })) }]}
        onChoose={type('deed')}
      />
      <TextField
        id="audit-account"
        label={auditWords.account}
        placeholder="acct_…"
        value={typed.account}
        onType={type('account')}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" kind="quiet" wide={false}>
        {auditWords.show}
      </Button>
      {Object.keys(wish).length > 0 && (
        <Link to={paths.audit} className="link target lg:self-center">
          {auditWords.showAll}
        </Link>
      )}
    </form>
  )
}
