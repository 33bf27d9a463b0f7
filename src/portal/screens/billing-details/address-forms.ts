import type { WordId } from '#portal/words/message.ts'

type Need = 'needed' | 'asked' | 'none'

/** How a country writes its addresses, as far as an invoice needs it. */
export type AddressForm = {
  readonly postal: Need
  readonly postalWord: Extract<WordId, `postal.${string}`>
  /** Comes before the city, on one line with it. */
  readonly postalFirst: boolean
  readonly city: Need
  readonly area: Need
  readonly areaWord: Extract<WordId, `area.${string}`>
}

const set = (codes: string): ReadonlySet<string> => new Set(codes.split(' '))

/** Where every address has a postal code. Elsewhere it is asked for and may be left out. */
const postalNeeded = set(
  'AT AU BE BG BR CA CH CN CY CZ DE DK EE ES FI FR GB GR HR HU IN IS IT JP KR LI LT LU LV MC MX NL NO NZ PL PT RO SE SG ' +
    'SI SK TR TW UA US',
)
const postalUnknown = set(
  'AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GD GM GQ GY HK KI KM KN KP ML MO MR MW NR NU QA ' +
    'RW SB SC SL SR ST SX SY TD TF TG TK TL TO TV UG VU YE ZW',
)
const postalLast = set('AU CA CN GB HK ID IE IN JP KR NZ PH PK SG TH TW US VN ZA')
/** The country is the city, or its districts take the place of cities. */
const cityMayMiss = set('GI HK MC MO SG VA')

const postalWords: Readonly<Record<string, AddressForm['postalWord']>> = {
  US: 'postal.zip',
  PH: 'postal.zip',
  IN: 'postal.pin',
  GB: 'postal.postcode',
  AU: 'postal.postcode',
  NZ: 'postal.postcode',
  IE: 'postal.eircode',
}

/** Countries whose addresses name a part of the country; `true` where no letter arrives without it. */
const areas: Readonly<Record<string, readonly [AddressForm['areaWord'], boolean]>> = {
  US: ['area.state', true],
  AU: ['area.state', true],
  BR: ['area.state', true],
  IN: ['area.state', true],
  MX: ['area.state', true],
  CA: ['area.province', true],
  CN: ['area.province', true],
  JP: ['area.prefecture', true],
  AE: ['area.emirate', true],
  MY: ['area.state', false],
  NG: ['area.state', false],
  VE: ['area.state', false],
  AR: ['area.province', false],
  ES: ['area.province', false],
  ID: ['area.province', false],
  IT: ['area.province', false],
  KR: ['area.province', false],
  PH: ['area.province', false],
  TH: ['area.province', false],
  CL: ['area.region', false],
  PE: ['area.region', false],
  CO: ['area.department', false],
  IE: ['area.county', false],
  TW: ['area.county', false],
}

export function addressForm(country: string): AddressForm {
  const [areaWord, areaNeeded] = areas[country] ?? ['area.region', undefined]
  return {
    postal: postalNeeded.has(country) ? 'needed' : postalUnknown.has(country) ? 'none' : 'asked',
    postalWord: postalWords[country] ?? 'postal.postal',
    postalFirst: !postalLast.has(country),
    city: cityMayMiss.has(country) ? 'asked' : 'needed',
    area: areaNeeded === undefined ? 'none' : areaNeeded ? 'needed' : 'asked',
    areaWord,
  }
}
