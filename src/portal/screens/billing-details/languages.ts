/** Languages in which Stripe writes what customers get (https://docs.stripe.com/js/appendix/supported_locales), BCP 47. */
const codes =
  'bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv ' +
  'th tr vi zh zh-HK zh-TW'

/** By their names in the reader's language, in that language's order; the one that is set is among them, whatever it is. */
export function languagesIn(locale: string, current: string): readonly { value: string; label: string }[] {
  const known = codes.split(' ')
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  const { compare } = new Intl.Collator(locale)
  return [...known, ...(current === '' || known.includes(current) ? [] : [current])]
    .map((value) => ({ value, label: languageName(names, value) }))
    .toSorted((a, b) => compare(a.label, b.label))
}

function languageName(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}
