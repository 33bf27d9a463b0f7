/** ISO 3166-1 alpha-2 codes Stripe lists for a billing address. */
const CODES =
  'AC AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CD CF CG CH CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA GB GD ' +
  'GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IS IT JE JM JO JP KE KG KH ' +
  'KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX ' +
  'MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PY QA RE RO RS RU RW SA SB SC SE ' +
  'SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ ' +
  'VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW'

const FALLBACK = 'US'

const known = new Set(CODES.split(' '))

export function countriesIn(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const inOrder = new Intl.Collator(locale)
  return [...known]
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((one, other) => inOrder.compare(one.name, other.name))
}

/** The country the fields open with: what the merchant knows, else the browser's region, else the United States. */
export function likelyCountry(given: string | undefined): string {
  const region = new Intl.Locale(navigator.language).maximize().region
  return [given, region, FALLBACK].find((code) => code !== undefined && known.has(code)) ?? FALLBACK
}
