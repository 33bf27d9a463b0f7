import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { SelectField, TextField } from '#ui/field.tsx'
import { useMemo } from 'react'
import { addressForm } from './address-forms.ts'
import { countriesIn } from './countries.ts'
import type { Bind } from './use-draft.tsx'

type AddressFieldsProps = { readonly country: string; readonly bind: Bind }

/** The address as its country writes it: what it does not have is not asked for. */
export function AddressFields({ country, bind }: AddressFieldsProps) {
  const { say } = useWords()
  const { locale } = useFormat()
  const countries = useMemo(() => countriesIn(locale), [locale])
  const form = addressForm(country)
  const optional = say('details.optional')
  const { onType, ...chosen } = bind('address.country')
  const postal = form.postal !== 'none' && (
    <TextField
      {...bind('address.postal_code')}
      label={<Words id={form.postalWord} />}
      {...(form.postal === 'asked' && { note: optional })}
      autoComplete="billing postal-code"
      maxLength={20}
    />
  )
  const city = (
    <TextField
      {...bind('address.city')}
      label={<Words id={country === 'HK' ? 'details.district' : 'details.city'} />}
      {...(form.city === 'asked' && { note: optional })}
      autoComplete="billing address-level2"
      maxLength={100}
    />
  )
  return (
    <fieldset className="flex min-w-0 flex-col gap-4">
      <legend className="sr-only">
        <Words id="details.address" />
      </legend>
      <SelectField
        {...chosen}
        label={<Words id="details.country" />}
        autoComplete="billing country"
        onChoose={onType}
        groups={[{ options: countries }]}
        {...(country === '' && { empty: say('details.chooseCountry') })}
      />
      <TextField
        {...bind('address.line1')}
        label={<Words id="details.line1" />}
        autoComplete="billing address-line1"
        maxLength={200}
      />
      <TextField
        {...bind('address.line2')}
        label={<Words id="details.line2" />}
        note={optional}
        autoComplete="billing address-line2"
        maxLength={200}
      />
      <div
        className={`grid grid-cols-1 items-start gap-4 ${form.postalFirst && postal ? 'sm:grid-cols-[2fr_3fr]' : ''}`}
      >
        {form.postalFirst && postal}
        {city}
      </div>
      <div
        className={`grid grid-cols-1 items-start gap-4 empty:hidden ${form.area !== 'none' && !form.postalFirst && postal ? 'sm:grid-cols-2' : ''}`}
      >
        {form.area !== 'none' && (
          <TextField
            {...bind('address.state')}
            label={<Words id={form.areaWord} />}
            {...(form.area === 'asked' && { note: optional })}
            autoComplete="billing address-level1"
            maxLength={100}
          />
        )}
        {!form.postalFirst && postal}
      </div>
    </fieldset>
  )
}
