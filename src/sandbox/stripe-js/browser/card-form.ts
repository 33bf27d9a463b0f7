import { createCardFields } from './card-fields.ts'
import { asksPostalCode, digitsOf, readExpiry } from './card-rules.ts'
import { countriesIn, likelyCountry } from './countries.ts'
import { dress } from './dress.ts'
import { voiceFor } from './words.ts'
import type { Field } from './field.ts'
import type { FieldFault } from './card-rules.ts'
import type { FieldsLook, FrameEvent } from './frame-protocol.ts'
import type { StripeError } from '@stripe/stripe-js'

export type CardForm = {
  root: HTMLElement
  look(look: FieldsLook): void
  focus: () => void
  clear: () => void
  /** Shows every fault, puts the cursor in the first bad field, and answers with its error. */
  check(): StripeError | undefined
  /** `payment_method_data` of what was typed; billing details only for fields that are shown. */
  paymentMethodData(): Record<string, unknown>
}

/** The Payment Element's card form; `say` tells the merchant's page that something changed, never what was typed. */
export function createCardForm(say: (event: FrameEvent) => void, now: () => Date): CardForm {
  const fields = createCardFields(now)
  const { number, expiry, securityCode, country, postalCode } = fields
  const all: readonly Field[] = [number, expiry, securityCode, country, postalCode]
  const typed = [number, expiry, securityCode, postalCode]

  const root = document.createElement('form')
  root.className = 'CardForm'
  root.noValidate = true
  const terms = document.createElement('p')
  terms.className = 'TermsText'
  root.append(...all.map((field) => field.root), terms)
  // Implicit submission would navigate the frame; paying is the merchant's button.
  root.addEventListener('submit', (event) => event.preventDefault())
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
  })

  let voice = voiceFor('auto')
  let current: FieldsLook | undefined
  let lastBrand: string | null = null
  const wordsFor = (fault: FieldFault) =>
    fault === 'incomplete_zip' && country.control.value === 'US' ? voice.words.incompleteZipCode : voice.words[fault]
  const messageOf = (fault: FieldFault | undefined) => (fault === undefined ? undefined : wordsFor(fault))

  const tellChange = () =>
    say({
      event: 'change',
      detail: {
        empty: typed.every((field) => field.value() === ''),
        complete: all.every((field) => field.fault() === undefined),
      },
    })

  const fitToCountry = () => {
    const code = country.control.value
    postalCode.setVisible((current?.show.postalCode ?? true) && asksPostalCode(code))
    root.classList.toggle('CardForm--postalCode', postalCode.visible())
    postalCode.setLabel(code === 'US' ? voice.words.zip : voice.words.postalCode, code === 'US' ? '12345' : '')
    const { control } = postalCode
    if (control instanceof HTMLInputElement) control.inputMode = code === 'US' ? 'numeric' : 'text'
  }

  const fillCountries = (chosen: string) => {
    const options = countriesIn(voice.locale).map(({ code, name }) => new Option(name, code, false, code === chosen))
    country.control.replaceChildren(...options)
  }

  for (const field of typed) {
    field.control.addEventListener('input', () => {
      const done = field !== postalCode && digitsOf(field.value()).length > 0 ? field.fault() : undefined
      const settled = done !== undefined && !done.startsWith('incomplete_')
      field.showFault(settled ? messageOf(done) : undefined)
      if (field === number) {
        const brand = fields.showBrand()
        if (brand !== lastBrand) say({ event: 'brand', detail: brand })
        lastBrand = brand
      }
      tellChange()
    })
    field.control.addEventListener('blur', () => {
      if (field.value() !== '') field.showFault(messageOf(field.fault()))
    })
  }
  country.control.addEventListener('change', () => {
    fitToCountry()
    postalCode.showFault(undefined)
    tellChange()
  })

  return {
    root,
    look(look) {
      const first = current === undefined
      const faulty = all.filter((field) => field.control.getAttribute('aria-invalid') === 'true')
      current = look
      voice = voiceFor(look.locale)
      const { words } = voice
      document.documentElement.lang = voice.locale
      document.documentElement.dir = voice.direction
      dress(look.appearance)
      number.setLabel(words.number, '1234 1234 1234 1234')
      expiry.setLabel(words.expiry, words.expiryHint)
      securityCode.setLabel(words.securityCode, words.securityCodeHint)
      country.setLabel(words.country)
      fillCountries(first ? likelyCountry(look.country) : country.control.value)
      if (first && look.postalCode !== undefined) postalCode.setValue(look.postalCode)
      country.setVisible(look.show.country)
      fitToCountry()
      for (const field of all) {
        field.control.disabled = look.readOnly
        field.showFault(faulty.includes(field) ? messageOf(field.fault()) : undefined)
      }
      terms.textContent = look.keepsCard ? words.keepsCard(look.business ?? words.merchant) : ''
    },
    focus: () => number.control.focus(),
    clear() {
      for (const field of typed) {
        field.setValue('')
        field.showFault(undefined)
      }
      fields.showBrand()
      tellChange()
    },
    check() {
      const bad = all.flatMap((field) => {
        const fault = field.fault()
        field.showFault(messageOf(fault))
        return fault === undefined ? [] : [{ field, fault }]
      })
      const [worst] = bad
      if (worst === undefined) return undefined
      worst.field.control.focus()
      return { type: 'validation_error', code: worst.fault, message: wordsFor(worst.fault) }
    },
    paymentMethodData() {
      const expires = readExpiry(expiry.value())
      const address = {
        ...(country.visible() ? { country: country.value() } : {}),
        ...(postalCode.visible() ? { postal_code: postalCode.value().trim() } : {}),
      }
      return {
        type: 'card',
        card: {
          number: digitsOf(number.value()),
          exp_month: expires?.month,
          exp_year: expires?.year,
          cvc: securityCode.value(),
        },
        ...(Object.keys(address).length > 0 ? { billing_details: { address } } : {}),
      }
    },
  }
}
