import type Stripe from 'stripe'

/** What Maps API sells; amounts in the currency's smallest unit. */
const catalogue = {
  starter_monthly: { product: 'Starter', currency: 'eur', amount: 19_00, interval: 'month' },
  team_monthly: { product: 'Team', currency: 'eur', amount: 49_00, interval: 'month' },
  business_monthly: { product: 'Business', currency: 'eur', amount: 149_00, interval: 'month' },
  studio_monthly: { product: 'Studio', currency: 'eur', amount: 12_00, interval: 'month' },
  pro_yearly: { product: 'Pro', currency: 'eur', amount: 490_00, interval: 'year' },
  addon_monthly: { product: 'Traffic add-on', currency: 'eur', amount: 19_00, interval: 'month' },
  team_monthly_jpy: { product: 'Team', currency: 'jpy', amount: 7_000, interval: 'month' },
  business_monthly_jpy: { product: 'Business', currency: 'jpy', amount: 21_000, interval: 'month' },
  credits_1000: { product: '1,000 credits', currency: 'eur', amount: 10_00, interval: undefined },
  credits_10000: { product: '10,000 credits', currency: 'eur', amount: 80_00, interval: undefined },
  credits_50000: { product: '50,000 credits', currency: 'eur', amount: 300_00, interval: undefined },
} as const

export type PriceKey = keyof typeof catalogue
export type Prices = Readonly<Record<PriceKey, string>>

/** The ids of the demo's prices, by lookup key; what is missing is created. */
export async function ensurePrices(stripe: Stripe): Promise<Prices> {
  const keys = Object.keys(catalogue) as PriceKey[]
  const known = new Map<string | null, string>()
  // Stripe looks up ten keys at a time.
  for (let first = 0; first < keys.length; first += 10) {
    const { data } = await stripe.prices.list({ lookup_keys: keys.slice(first, first + 10), limit: 100 })
    for (const { lookup_key, id } of data) known.set(lookup_key, id)
  }
  const products = new Map<string, string>()
  const found: Partial<Record<PriceKey, string>> = {}
  for (const key of keys) {
    found[key] = known.get(key) ?? (await create(stripe, key, products))
  }
  return found as Record<PriceKey, string>
}

async function create(stripe: Stripe, key: PriceKey, products: Map<string, string>): Promise<string> {
  const { product, currency, amount, interval } = catalogue[key]
  const productId = products.get(product) ?? (await stripe.products.create({ name: product })).id
  products.set(product, productId)
  const price = await stripe.prices.create({
    product: productId,
    currency,
    unit_amount: amount,
    ...(interval && { recurring: { interval } }),
    lookup_key: key,
  })
  return price.id
}
