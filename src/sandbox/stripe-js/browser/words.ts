import type { FieldFault } from './card-rules.ts'

export type Words = Record<FieldFault, string> & {
  number: string
  expiry: string
  securityCode: string
  country: string
  zip: string
  postalCode: string
  expiryHint: string
  securityCodeHint: string
  keepsCard: (business: string) => string
  merchant: string
  /** `incomplete_zip` where the field is called a ZIP code. */
  incompleteZipCode: string
}

const en: Words = {
  number: 'Card number',
  expiry: 'Expiry date',
  securityCode: 'Security code',
  country: 'Country',
  zip: 'ZIP code',
  postalCode: 'Postal code',
  expiryHint: 'MM / YY',
  securityCodeHint: 'CVC',
  keepsCard: (business) =>
    `By providing your card information, you allow ${business} to charge your card for future payments in accordance with their terms.`,
  merchant: 'this merchant',
  incomplete_number: 'Your card number is incomplete.',
  invalid_number: 'Your card number is invalid.',
  incomplete_expiry: "Your card's expiration date is incomplete.",
  invalid_expiry_month: "Your card's expiration month is invalid.",
  invalid_expiry_month_past: "Your card's expiration date is in the past.",
  invalid_expiry_year: "Your card's expiration year is invalid.",
  invalid_expiry_year_past: "Your card's expiration year is in the past.",
  incomplete_cvc: "Your card's security code is incomplete.",
  incomplete_zip: 'Your postal code is incomplete.',
  incompleteZipCode: 'Your ZIP code is incomplete.',
}

const de: Words = {
  number: 'Kartennummer',
  expiry: 'Ablaufdatum',
  securityCode: 'Prüfziffer',
  country: 'Land',
  zip: 'Postleitzahl',
  postalCode: 'Postleitzahl',
  expiryHint: 'MM / JJ',
  securityCodeHint: 'CVC',
  keepsCard: (business) =>
    `Durch Angabe Ihrer Kartendaten erlauben Sie ${business}, Ihre Karte für künftige Zahlungen gemäß den dortigen Bedingungen zu belasten.`,
  merchant: 'diesem Händler',
  incomplete_number: 'Ihre Kartennummer ist unvollständig.',
  invalid_number: 'Ihre Kartennummer ist ungültig.',
  incomplete_expiry: 'Das Ablaufdatum Ihrer Karte ist unvollständig.',
  invalid_expiry_month: 'Der Ablaufmonat Ihrer Karte ist ungültig.',
  invalid_expiry_month_past: 'Das Ablaufdatum Ihrer Karte liegt in der Vergangenheit.',
  invalid_expiry_year: 'Das Ablaufjahr Ihrer Karte ist ungültig.',
  invalid_expiry_year_past: 'Das Ablaufjahr Ihrer Karte liegt in der Vergangenheit.',
  incomplete_cvc: 'Die Prüfziffer Ihrer Karte ist unvollständig.',
  incomplete_zip: 'Ihre Postleitzahl ist unvollständig.',
  incompleteZipCode: 'Ihre Postleitzahl ist unvollständig.',
}

const ar: Words = {
  number: 'رقم البطاقة',
  expiry: 'تاريخ الانتهاء',
  securityCode: 'رمز الأمان',
  country: 'البلد',
  zip: 'الرمز البريدي',
  postalCode: 'الرمز البريدي',
  expiryHint: 'MM / YY',
  securityCodeHint: 'CVC',
  keepsCard: (business) =>
    `بتقديم معلومات بطاقتك، فإنك تسمح لـ ${business} بالخصم من بطاقتك للمدفوعات المستقبلية وفقًا لشروطه.`,
  merchant: 'هذا التاجر',
  incomplete_number: 'رقم بطاقتك غير مكتمل.',
  invalid_number: 'رقم بطاقتك غير صالح.',
  incomplete_expiry: 'تاريخ انتهاء بطاقتك غير مكتمل.',
  invalid_expiry_month: 'شهر انتهاء بطاقتك غير صالح.',
  invalid_expiry_month_past: 'تاريخ انتهاء بطاقتك قد مضى.',
  invalid_expiry_year: 'سنة انتهاء بطاقتك غير صالحة.',
  invalid_expiry_year_past: 'سنة انتهاء بطاقتك قد مضت.',
  incomplete_cvc: 'رمز أمان بطاقتك غير مكتمل.',
  incomplete_zip: 'رمزك البريدي غير مكتمل.',
  incompleteZipCode: 'رمزك البريدي غير مكتمل.',
}

const LANGUAGES: Record<string, Words> = { en, de, ar }
const RIGHT_TO_LEFT = new Set(['ar', 'he'])

export type Voice = { words: Words; locale: string; direction: 'ltr' | 'rtl' }

/** The words for a BCP 47 locale, or English; 'auto' is the browser's own. */
export function voiceFor(locale: string): Voice {
  const wanted = locale === 'auto' ? navigator.language : locale
  const language = wanted.split('-')[0] ?? 'en'
  const words = LANGUAGES[language]
  if (words === undefined) return { words: en, locale: 'en', direction: 'ltr' }
  return { words, locale: wanted, direction: RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr' }
}
