import type { Appearance, StripeError } from '@stripe/stripe-js'

/** What a window said to be a frame of ours must carry in its address. */
export type FrameRole = 'fields' | 'controller'

export type Credentials = {
  key: string
  apiVersion: string
  account?: string
}

export type Intent = {
  id: string
  object: 'payment_intent' | 'setup_intent'
  status: string
  client_secret: string
  next_action: NextAction | null
  last_payment_error?: StripeError | null
  last_setup_error?: StripeError | null
  amount?: number
  currency?: string
  setup_future_usage?: string | null
}

export type NextAction = {
  type: string
  use_stripe_sdk?: { stripe_js?: unknown }
  redirect_to_url?: { url?: unknown }
}

export type IntentAnswer = { intent: Intent; error?: undefined } | { error: StripeError; intent?: undefined }
export type MethodAnswer = { method: unknown; error?: undefined } | { error: StripeError; method?: undefined }
export type CheckAnswer = { error?: StripeError }

export type ConfirmCall = {
  credentials: Credentials
  secret: string
  /** Confirm parameters as the merchant's page gave them; the frame adds the card. */
  params: Record<string, unknown>
  /** What Elements was told in deferred mode; the intent must agree with it. Amounts in minor units. */
  expected?: { amount?: number; currency?: string; setup_future_usage?: string | null }
}

export type FieldVisibility = { country: boolean; postalCode: boolean }

export type FieldsLook = {
  locale: string
  appearance: Appearance
  readOnly: boolean
  show: FieldVisibility
  country?: string
  postalCode?: string
  /** Sentence under the fields when the card is kept for later; empty for none. */
  keepsCard: boolean
  business?: string
}

/** The verbs the merchant's page may say to a frame, with what each takes and answers. */
export type FrameVerbs = {
  show: { args: FieldsLook & { credentials: Credentials; secret?: string }; value: CheckAnswer }
  look: { args: FieldsLook; value: CheckAnswer }
  focus: { args: null; value: CheckAnswer }
  blur: { args: null; value: CheckAnswer }
  clear: { args: null; value: CheckAnswer }
  validate: { args: null; value: CheckAnswer }
  confirm: { args: ConfirmCall; value: IntentAnswer }
  retrieve: { args: { credentials: Credentials; secret: string }; value: IntentAnswer }
  createPaymentMethod: {
    args: { credentials: Credentials; params: Record<string, unknown> }
    value: MethodAnswer
  }
}

export type FrameVerb = keyof FrameVerbs

export type FrameEvents = {
  hello: null
  height: number
  change: { empty: boolean; complete: boolean }
  brand: string | null
  focus: null
  blur: null
  escape: null
}

export type FrameEvent = { [Name in keyof FrameEvents]: { event: Name; detail: FrameEvents[Name] } }[keyof FrameEvents]

export type ToFrame = { channel: string; call: number; verb: FrameVerb; args: unknown }
export type FromFrame = { channel: string } & (FrameEvent | { answer: number; value: unknown })

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const FIELDS_TITLE = 'Secure payment input frame'
export const CONTROLLER_TITLE = 'Secure payment controller frame'
