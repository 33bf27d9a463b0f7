import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import type { Browser, TestPortal } from '#server/test-portal.ts'

/** A running Stripe to test against, and its levers. */
export type Lab = {
  readonly stripe: Stripe
  readonly lever: (method: string, path: string, body?: unknown) => Promise<unknown>
}

/** The same with the bank's page, as a cardholder uses it. */
export type LabWithBank = Lab & {
  readonly answerBank: (intent: Stripe.PaymentIntent, answer: 'complete' | 'fail') => Promise<unknown>
}

export type Stay = {
  readonly account: string
  readonly customer: string
  /** The open invoice, empty where there is none. */
  readonly invoice: string
  readonly subscriptions: readonly string[]
  /** The owner's. */
  readonly browser: Browser
}

type Built = { readonly customer: string; readonly subscriptions: readonly string[]; readonly invoice?: string }

export type Fault = {
  method: string
  path: string
  kind: 'error' | 'hang' | 'reset' | 'error_after_effect' | 'slow'
  times?: number
  delay_ms?: number
  status?: number
}

/** What a test of deeds does again and again: an account with its owner at the screen, cards, faults, the ledger. */
export function openDesk(portal: TestPortal, { stripe, lever }: Lab) {
  return {
    /** An account that is `known` to the portal already is entered as it is. */
    enter: async (building: Promise<Built>, known?: string): Promise<Stay> => {
      const { customer, subscriptions, invoice = '' } = await building
      const account = known ?? `acct_${randomUUID()}`
      if (known === undefined) await portal.register(account, { stripe_customer: customer })
      const browser = portal.browser()
      await browser.enter(account)
      return { account, customer, invoice, subscriptions, browser }
    },
    /** What the customer really paid for invoices by a deed: the amounts of the charges that succeeded just now. */
    charges: async (customer: string): Promise<number[]> => {
      const { charges } = (await lever('GET', `ledger?customer=${customer}`)) as {
        charges: { amount: number; status: string; created: number }[]
      }
      const start = portal.clock.now - 600
      return charges
        .filter(({ status, created }) => status === 'succeeded' && created >= start)
        .map(({ amount }) => amount)
    },
    /** Invoices for which money was taken more than once. */
    paidTwice: async (customer: string): Promise<readonly string[]> => {
      const { charges } = (await lever('GET', `ledger?customer=${customer}`)) as {
        charges: { invoice: string | null; status: string }[]
      }
      const paid = charges.flatMap(({ invoice, status }) =>
        status === 'succeeded' && invoice !== null ? [invoice] : [],
      )
      return paid.filter((invoice, index) => paid.indexOf(invoice) !== index)
    },
    /** Saves a card as the browser does with Stripe.js, for a set-up that the portal began. */
    newCard: async (browser: Browser, template = 'pm_card_visa'): Promise<string> => {
      const { body } = await browser.post('/api/fixes/update-card/setup', {}, { 'idempotency-key': randomUUID() })
      const { setupIntent } = body as { setupIntent: string }
      await stripe.setupIntents.confirm(setupIntent, {
        payment_method: template,
        return_url: 'http://localhost:4020/fix',
      })
      return setupIntent
    },
    /** A further card of the customer; the default stays. */
    otherCard: async (customer: string, template = 'pm_card_visa'): Promise<string> =>
      (await stripe.paymentMethods.attach(template, { customer })).id,
    fault: async (fault: Fault): Promise<void> => void (await lever('POST', 'faults', fault)),
    heal: async (): Promise<void> => void (await lever('DELETE', 'faults')),
  }
}

export type Desk = ReturnType<typeof openDesk>
