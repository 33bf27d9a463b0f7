import { brandOf } from './card-brand.ts'
import {
  digitsOf,
  faultOfExpiry,
  faultOfNumber,
  faultOfPostalCode,
  faultOfSecurityCode,
  formatExpiry,
  formatNumber,
  formatSecurityCode,
} from './card-rules.ts'
import { createField, createInput } from './field.ts'
import type { Field } from './field.ts'

export type CardFields = {
  number: Field
  expiry: Field
  securityCode: Field
  country: Field & { control: HTMLSelectElement }
  postalCode: Field
  showBrand(): string | null
}

/** The five fields in reading and keyboard order. */
export function createCardFields(now: () => Date): CardFields {
  const brand = document.createElement('span')
  brand.className = 'Brand'
  brand.setAttribute('aria-hidden', 'true')

  const number = createField({
    name: 'number',
    control: createInput({ autocomplete: 'cc-number', numeric: true, format: formatNumber }),
    adornment: brand,
    fault: faultOfNumber,
  })
  const expiry = createField({
    name: 'expiry',
    control: createInput({ autocomplete: 'cc-exp', numeric: true, format: formatExpiry }),
    fault: (text) => faultOfExpiry(text, now()),
  })
  const securityCode = createField({
    name: 'cvc',
    control: createInput({
      autocomplete: 'cc-csc',
      numeric: true,
      format: (text) => formatSecurityCode(text, number.value()),
    }),
    fault: (text) => faultOfSecurityCode(text, number.value()),
  })
  const select = document.createElement('select')
  select.autocomplete = 'country'
  const country = createField({ name: 'country', control: select, fault: () => undefined })
  const postalCode = createField({
    name: 'postalCode',
    control: createInput({ autocomplete: 'postal-code', numeric: false, format: (text) => text }),
    fault: (text) => faultOfPostalCode(text, select.value),
  })
  return {
    number,
    expiry,
    securityCode,
    country: { ...country, control: select },
    postalCode,
    showBrand() {
      const found = brandOf(digitsOf(number.value()))
      brand.textContent = found.name
      return found.code === 'unknown' ? null : found.code
    },
  }
}
