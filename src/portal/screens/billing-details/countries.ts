/** ISO 3166-1 alpha-2. Names are the browser's, in the reader's language. */
const codes =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF ' +
  'CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF ' +
  'GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN ' +
  'KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ ' +
  'NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG ' +
  'SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC ' +
  'VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'

const countries: readonly string[] = codes.split(' ')

export type Country = { readonly value: string; readonly label: string }

/** Every country by its name in this language, in that language's order. */
export function countriesIn(locale: string): readonly Country[] {
  const { compare } = new Intl.Collator(locale)
  return countries
    .map((value) => ({ value, label: countryName(locale, value) }))
    .toSorted((a, b) => compare(a.label, b.label))
}

export function countryName(locale: string, country: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country
}

/** The country on file, else the one that the reader's locale names; nothing where neither does. */
export function likelyCountry(onFile: string | undefined, locale: string): string {
  const country = onFile ?? new Intl.Locale(locale).region ?? ''
  return countries.includes(country) ? country : ''
}
