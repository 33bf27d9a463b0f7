import type { Studio } from './customer.ts'

/** A studio whose Stripe is the sandbox: its levers do what only Stripe's own machinery, a bank or a cardholder does. */
export type Lab = Studio & {
  /** Pulls a lever below `/_sandbox/`; throws when there is no such lever or it does not move. */
  readonly lever: Lever
}

export type Lever = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>

export function createLever(stripe: string): Lever {
  return async (method, path, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(new URL(`/_sandbox/${path}`, stripe), { method, ...sent })
    if (!response.ok) throw new Error(`the lever ${path} answered ${response.status}: ${await response.text()}`)
    return response.json()
  }
}

type Hands = Pick<Lab, 'lever'>

/** Runs `deed` while the merchant's account at Stripe is set otherwise. Nothing else may be built meanwhile. */
export async function under<T>({ lever }: Hands, settings: Settings, deed: () => Promise<T>): Promise<T> {
  const before = (await lever('GET', 'settings')) as Settings
  await lever('POST', 'settings', settings)
  try {
    return await deed()
  } finally {
    await lever('POST', 'settings', before)
  }
}

type Settings = Readonly<Record<string, string>>

/** Makes a stored card behave as another test number from now on, as when its account runs dry. */
export function behaveAs({ lever }: Hands, method: string, number: string): Promise<unknown> {
  return lever('POST', `payment_methods/${method}`, { behaves_as: number })
}

/** Lets a subscription take no note of its invoices, as in the moment before Stripe has; false ends it. */
export function lag({ lever }: Hands, subscription: string, on: boolean): Promise<unknown> {
  return lever('POST', `subscriptions/${subscription}`, { lag: on })
}
