export type CardBrand = {
  /** Stripe's own code, as in `payment_method.card.brand`. */
  code: string
  name: string
  pattern: RegExp
  lengths: readonly number[]
  blocks: readonly number[]
  securityCode: readonly number[]
}

const FOURS = [4, 4, 4, 4, 3] as const
const SIXTEEN = [16] as const
const THREE = [3] as const

const BRANDS: readonly CardBrand[] = [
  { code: 'visa', name: 'Visa', pattern: /^4/, lengths: SIXTEEN, blocks: FOURS, securityCode: THREE },
  {
    code: 'mastercard',
    name: 'Mastercard',
    pattern: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: SIXTEEN,
    blocks: FOURS,
    securityCode: THREE,
  },
  {
    code: 'amex',
    name: 'American Express',
    pattern: /^3[47]/,
    lengths: [15],
    blocks: [4, 6, 5],
    securityCode: [4],
  },
  {
    code: 'discover',
    name: 'Discover',
    pattern: /^(6011|64[4-9]|65)/,
    lengths: SIXTEEN,
    blocks: FOURS,
    securityCode: THREE,
  },
  {
    code: 'diners',
    name: 'Diners Club',
    pattern: /^36/,
    lengths: [14],
    blocks: [4, 6, 4],
    securityCode: THREE,
  },
  {
    code: 'diners',
    name: 'Diners Club',
    pattern: /^3(0[0-5]|[89])/,
    lengths: SIXTEEN,
    blocks: FOURS,
    securityCode: THREE,
  },
  {
    code: 'jcb',
    name: 'JCB',
    pattern: /^35(2[89]|[3-8])/,
    lengths: SIXTEEN,
    blocks: FOURS,
    securityCode: THREE,
  },
  {
    code: 'unionpay',
    name: 'UnionPay',
    pattern: /^62/,
    lengths: [16, 17, 18, 19],
    blocks: FOURS,
    securityCode: THREE,
  },
]

const UNKNOWN: CardBrand = {
  code: 'unknown',
  name: '',
  pattern: /^/,
  lengths: SIXTEEN,
  blocks: FOURS,
  securityCode: [3, 4],
}

export const brandOf = (digits: string): CardBrand => BRANDS.find(({ pattern }) => pattern.test(digits)) ?? UNKNOWN

export const longest = (lengths: readonly number[]): number => Math.max(...lengths)
