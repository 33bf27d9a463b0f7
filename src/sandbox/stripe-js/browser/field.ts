import type { FieldFault } from './card-rules.ts'

export type Field = {
  readonly root: HTMLElement
  readonly control: HTMLInputElement | HTMLSelectElement
  value(): string
  setValue(text: string): void
  setLabel(label: string, hint?: string): void
  /** The fault as of now, whether or not it is shown. */
  fault(): FieldFault | undefined
  showFault(message: string | undefined): void
  setVisible(visible: boolean): void
  visible(): boolean
}

type FieldPlan = {
  name: string
  control: HTMLInputElement | HTMLSelectElement
  adornment?: HTMLElement
  fault: (text: string) => FieldFault | undefined
}

export function createField({ name, control, adornment, fault }: FieldPlan): Field {
  const root = document.createElement('div')
  root.className = `Field Field--${name}`

  const label = document.createElement('label')
  label.className = 'Label'
  label.htmlFor = control.id = `Field-${name}Input`
  control.name = name
  control.classList.add('Input')

  const box = document.createElement('div')
  box.className = 'Box'
  box.append(control, ...(adornment === undefined ? [] : [adornment]))

  const error = document.createElement('p')
  error.className = 'Error'
  error.id = `Field-${name}Error`
  error.setAttribute('role', 'alert')
  root.append(label, box, error)

  const visible = () => !root.hidden
  return {
    root,
    control,
    value: () => control.value,
    setValue(text) {
      control.value = text
    },
    setLabel(text, hint = '') {
      label.textContent = text
      if (control instanceof HTMLInputElement) control.placeholder = hint
    },
    fault: () => (visible() ? fault(control.value) : undefined),
    showFault(message) {
      error.textContent = message ?? ''
      control.classList.toggle('Input--invalid', message !== undefined)
      label.classList.toggle('Label--invalid', message !== undefined)
      control.setAttribute('aria-invalid', String(message !== undefined))
      if (message === undefined) control.removeAttribute('aria-describedby')
      else control.setAttribute('aria-describedby', error.id)
    },
    setVisible(wanted) {
      root.hidden = !wanted
    },
    visible,
  }
}

export type InputPlan = {
  autocomplete: AutoFill
  numeric: boolean
  format: (text: string) => string
}

const countDigits = (text: string) => text.replace(/\D/g, '').length

/** Where the caret belongs so that as many digits stay before it as before formatting. */
function caretAfter(text: string, digits: number): number {
  let seen = 0
  for (let index = 0; index < text.length; index += 1) {
    if (seen === digits) return index
    if (/\d/.test(text.charAt(index))) seen += 1
  }
  return text.length
}

/** An input that formats as one types, and keeps the caret where the typist left it. */
export function createInput({ autocomplete, numeric, format }: InputPlan): HTMLInputElement {
  const input = document.createElement('input')
  input.type = 'text'
  input.autocomplete = autocomplete
  input.spellcheck = false
  input.setAttribute('autocorrect', 'off')
  input.setAttribute('autocapitalize', 'off')
  input.inputMode = numeric ? 'numeric' : 'text'
  if (numeric) input.dir = 'ltr'

  // A backspace over a separator we put there must take the digit before it, or the separator comes straight back.
  input.addEventListener('beforeinput', (event) => {
    const { selectionStart: start, selectionEnd: end } = input
    if (!numeric || event.inputType !== 'deleteContentBackward' || start === null || start !== end) return
    const before = input.value.slice(0, start)
    const digitsEnd = before.replace(/\D+$/, '').length
    if (digitsEnd < start) input.setSelectionRange(digitsEnd, digitsEnd)
    if (digitsEnd < start && start === input.value.length) input.setRangeText('', digitsEnd, start, 'end')
  })
  input.addEventListener('input', () => {
    const caret = input.selectionStart ?? input.value.length
    const digits = countDigits(input.value.slice(0, caret))
    const atEnd = caret === input.value.length
    const formatted = format(input.value)
    if (formatted === input.value) return
    input.value = formatted
    const place = atEnd || !numeric ? formatted.length : caretAfter(formatted, digits)
    if (document.activeElement === input) input.setSelectionRange(place, place)
  })
  return input
}
