import { Words } from '#portal/words/words.ts'
import { TextField } from '#ui/field.tsx'
import type { Bind } from './use-draft.tsx'

export function NameField({ bind }: { readonly bind: Bind }) {
  return (
    <TextField
      {...bind('name')}
      label={<Words id="details.name" />}
      hint={<Words id="details.nameHint" />}
      autoComplete="billing organization"
      dir="auto"
      maxLength={150}
    />
  )
}
