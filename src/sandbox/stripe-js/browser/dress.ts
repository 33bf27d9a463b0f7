import type { Appearance } from '@stripe/stripe-js'

const VARIABLE = /^[A-Za-z][A-Za-z0-9]*$/
/** The part of `appearance.rules` selectors that names something these fields have. */
const SELECTOR = /^\.(Input|Label|Error|TermsText|Block)(--[A-Za-z-]+)?(::?[a-z-]+)*$/
const PROPERTY = /^(--)?[A-Za-z-]+$/

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

let worn: string[] = []
const rules = new CSSStyleSheet()
document.adoptedStyleSheets = [rules]

/** Puts on the merchant's Appearance through the CSSOM alone: the frame's CSP allows no inline style. */
export function dress(appearance: Appearance): void {
  const { documentElement: root } = document
  root.dataset['theme'] = appearance.theme ?? 'stripe'
  root.classList.toggle('still', appearance.disableAnimations === true)
  for (const name of worn) root.style.removeProperty(name)
  const variables = Object.entries(appearance.variables ?? {}).filter(
    ([name, value]) => VARIABLE.test(name) && typeof value === 'string',
  )
  worn = variables.map(([name]) => `--${name}`)
  for (const [name, value] of variables) root.style.setProperty(`--${name}`, String(value))
  wearRules(appearance.rules ?? {})
}

function wearRules(wanted: NonNullable<Appearance['rules']>): void {
  while (rules.cssRules.length > 0) rules.deleteRule(0)
  for (const [selector, declarations] of Object.entries(wanted)) {
    if (!SELECTOR.test(selector)) continue
    // A plain `.Input` must not hide the red of an invalid one; a rule for `.Input--invalid` may.
    const weight = selector.includes('--') ? '.CardForm.CardForm' : '.CardForm'
    const index = rules.insertRule(`${weight} ${selector} {}`, rules.cssRules.length)
    const rule = rules.cssRules[index]
    if (!(rule instanceof CSSStyleRule)) continue
    for (const [property, value] of Object.entries(declarations)) {
      if (PROPERTY.test(property)) rule.style.setProperty(kebab(property), String(value))
    }
  }
}
