import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { SelectField, TextField } from '#ui/field.tsx'
import { useMemo } from 'react'
import { countryName } from './countries.ts'
import type { Bind } from './use-draft.tsx'
import { taxKinds, type TaxKind } from './tax-ids.ts'

type TaxFieldsProps = { readonly kind: TaxKind | undefined; readonly country: string; readonly bind: Bind }

/** Which number, and the number; the country's own kinds come first. */
export function TaxFields({ kind, country, bind }: TaxFieldsProps) {
  const { say } = useWords()
  const { locale } = useFormat()
  const groups = useMemo(() => {
    const labelled = taxKinds
      .map((known) => ({
        value: known.key,
        of: known.country,
        label: say('details.taxOf', { name: known.name, country: countryName(locale, known.country) }),
      }))
      .toSorted((a, b) => new Intl.Collator(locale).compare(countryName(locale, a.of), countryName(locale, b.of)))
    const own = taxKinds.flatMap(({ key }) => labelled.filter(({ value, of }) => value === key && of === country))
    const rest = labelled.filter(({ of }) => of !== country)
    return own.length > 0 ? [{ options: own }, { label: say('details.taxOthers'), options: rest }] : [{ options: rest }]
  }, [country, locale, say])
  const { onType, value: _, ...chosen } = bind('taxId.type')
  return (
    <fieldset className="flex min-w-0 flex-col gap-4">
      <legend className="sr-only">
        <Words id="details.tax" />
      </legend>
      <SelectField
        {...chosen}
        value={kind?.key ?? ''}
        label={<Words id="details.taxType" />}
        onChoose={onType}
        groups={groups}
        {...(!kind && { empty: say('details.taxChoose') })}
      />
      <TextField
        {...bind('taxId.value')}
        label={<Words id="details.tax" />}
        {...(kind && { hint: <Words id="details.taxLike" values={{ example: <bdi>{kind.example}</bdi> }} /> })}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        dir="ltr"
        maxLength={40}
      />
    </fieldset>
  )
}
