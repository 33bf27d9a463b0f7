import type { Built } from './building.ts'
import type { Who } from './customer.ts'
import type { Lab } from './lab.ts'
import type { DemoMember, MemberId } from './members.ts'
import type { Reason, Screen } from './reason.ts'
import type { Seen } from './state.ts'

/** The state in Stripe that a scenario promises to leave behind, in Stripe's own words. */
type Promised = {
  /** Each subscription's status, in the order in which they were begun. */
  readonly subscriptions: readonly string[]
  readonly invoice?: {
    /** Amount remaining in the currency's smallest unit. */
    readonly remaining: number
    readonly currency: 'eur' | 'jpy'
    readonly intent: 'requires_payment_method' | 'requires_action' | 'processing' | 'none'
    /** `code` of the last payment error. */
    readonly error?: string
  }
  /** How many invoices are open, where that is not just the one above. */
  readonly open?: number
  /** The last digits of the card that is charged by default; null when there is none. */
  readonly card: string | null
}

/** What the app knows of its customer and tells the portal when it registers them. */
export type Said = {
  readonly hold?: { readonly note: string }
  /** How many seats are taken. */
  readonly seats?: number
  /** Everybody of the account, where it is not the usual three. */
  readonly members?: readonly DemoMember[]
  /** What was used in this period, by meter. */
  readonly used?: Readonly<Partial<Record<Meter, number>>>
  /** What was used on an ordinary day of the last month, by meter. */
  readonly daily?: Readonly<Partial<Record<Meter, number>>>
}

type Meter = 'requests' | 'routes' | 'lookups' | 'traffic_updates'

/** What the app asks for before it serves; the whole map where it is left out. */
export type Asks = {
  readonly feature?: string
  readonly meter?: Meter | 'seats'
  readonly quantity?: number
}

/** What only the app can know, and for how many seconds it lasts. */
export type Tells = { readonly reason: Reason; readonly seconds: number }

export type Scenario = {
  readonly title: string
  readonly description: string
  readonly label: string
  readonly actor: MemberId
  readonly build: (lab: Lab, who: Who) => Promise<Built>
  readonly promised: Promised | Seen
  /** What the portal will call it first, and then; empty when it serves. */
  readonly reasons: readonly Reason[]
  /** The screen that the first of them leads to, where it is not the usual one. */
  readonly screen?: Screen
  readonly says?: Said
  readonly asks?: Asks
  readonly tells?: Tells
  /** What the app wrongly believes, whatever the check says. */
  readonly mistake?: Reason
}
