import type { Visit } from '#contract/visit.ts'
import { accountThatOwes, noon, visa } from '#diagnosis/samples.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import type { PaymentError } from '#diagnosis/account.ts'
import { visitOf } from '#portal/stage.tsx'
import { screen, waitFor } from '@testing-library/react'

/** For tests: Stripe.js, which is not ours, as far as a person's deeds reach it. Says only what differs from yes. */
export type StripeAnswers = {
  readonly submit?: () => object
  readonly confirmSetup?: () => object
  readonly handleNextAction?: () => object
}

let answers: StripeAnswers = {}
let keys = 0

/** Puts Stripe.js on the page. */
export function setStripe(told: StripeAnswers = {}): void {
  answers = told
  // jsdom has no media queries.
  window.matchMedia ??= () => new EventTarget() as MediaQueryList
  Reflect.set(
    window,
    'Stripe',
    Object.assign(() => stripe, { version: 'endive' }),
  )
}

/** Takes Stripe.js away, as an ad blocker does. */
export function blockStripe(): void {
  setStripe()
  Reflect.deleteProperty(window, 'Stripe')
}

const element = {
  mount: () => {},
  on: (event: string, listener: (told?: object) => void) => {
    if (event === 'ready') setTimeout(listener)
    // As Stripe's own fields do once they are there.
    if (event === 'change') setTimeout(() => listener({ empty: true, complete: false }))
    return element
  },
  off: () => element,
  update: () => {},
  destroy: () => {},
}

const saved = { setupIntent: { id: 'seti_1', status: 'succeeded' } }

const stripe = {
  elements: () => ({
    create: () => element,
    getElement: () => null,
    update: () => {},
    submit: async () => answers.submit?.() ?? {},
  }),
  createToken: () => {},
  createPaymentMethod: () => {},
  confirmCardPayment: () => {},
  confirmSetup: async () => answers.confirmSetup?.() ?? saved,
  retrieveSetupIntent: async () => ({ setupIntent: { id: 'seti_1', status: 'requires_action' } }),
  handleNextAction: async () => answers.handleNextAction?.() ?? saved,
}

/** A visit about an open invoice; each has its own key, so that each test loads Stripe.js anew. */
export function visitThatOwes(differs: Partial<Visit> = {}, error?: PaymentError): Visit {
  const account = accountThatOwes({ payment: { state: 'requires_payment_method', ...(error && { error }) } })
  keys += 1
  return visitOf(diagnose(account, {}, { graceDays: 7 }, noon), {
    stripe: { publishableKey: `pk_test_${keys}`, script: 'https://js.test/v3', sandbox: false },
    ...differs,
  })
}

export const generic: PaymentError = { code: 'card_declined', declineCode: 'generic_decline', method: visa }

/** The same visit with another sum on its one invoice, in minor units. */
export function owing(visit: Visit, amount: number): Visit {
  return JSON.parse(JSON.stringify(visit).replaceAll('"amount":4900', `"amount":${amount}`)) as Visit
}

/** The money button, once it can be pressed. */
export async function moneyButton(name: RegExp): Promise<HTMLElement> {
  const button = await screen.findByRole('button', { name })
  await waitFor(() => {
    if (button.getAttribute('aria-disabled') === 'true') throw new Error('not yet')
  })
  return button
}
