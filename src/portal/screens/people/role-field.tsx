import type { Role } from '#contract/account.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { SelectField } from '#ui/field.tsx'
import { roles } from './roles-explained.tsx'

type RoleFieldProps = { readonly id: string; readonly role: Role; readonly onChoose: (role: Role) => void }

/** A role, and what it may do. */
export function RoleField({ id, role, onChoose }: RoleFieldProps) {
  const { say } = useWords()
  const options = roles.map((value) => ({ value, label: say(`role.${value}`) }))
  return (
    <SelectField
      id={id}
      label={<Words id="people.role" />}
      hint={<Words id={`people.may.${role}`} />}
      value={role}
      onChoose={(value) => onChoose(value as Role)}
      groups={[{ options }]}
    />
  )
}
