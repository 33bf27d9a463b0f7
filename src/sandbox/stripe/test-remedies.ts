import { advance, berlin } from '#sandbox/demo/customer.ts'
import { lag } from '#sandbox/demo/lab.ts'
import { newDefault, renewal, resume, type Reached } from '#sandbox/demo/moves.ts'
import { healthyState, type Seen } from '#sandbox/demo/state.ts'
import type { StateName } from '#sandbox/demo/states.ts'
import type { Bench } from './test-bench.ts'
import { day, hour, latest } from './test-clock.ts'
import { labNow } from './test-lab.ts'
import * as move from './test-moves.ts'

type Mutable = move.Owner & Pick<Reached, 'clock'>

/** What Stripe's documents say heals a state, and what it leads to. */
type Remedy = { readonly fix: (bench: Bench, made: Mutable) => Promise<unknown>; readonly after: Seen }

const good = healthyState
const pay: Remedy = { fix: move.payNew, after: good }
const confirm: Remedy = { fix: move.confirmOnPage, after: good }
const bank: Remedy = { fix: move.passBank, after: good }
const settle: Remedy = { fix: move.settleDebit, after: good }
const restart: Remedy = { fix: move.subscribeAgain, after: good }
const payDebt: Remedy = { fix: move.payNew, after: ['canceled', 'paid', 'succeeded'] }
const catchUp = (after: Seen): Remedy => ({ fix: (bench, { id }) => lag(bench, id, false), after })
const payOlder = (after: Seen): Remedy => ({ fix: move.payOpen, after })

const cardInTime: Remedy = {
  fix: async (bench, { customer, clock }) => {
    await newDefault(bench, customer)
    await advance(bench, clock, labNow + 15 * day)
  },
  after: good,
}

const resumeByCard: Remedy = {
  fix: async (bench, made) => {
    await newDefault(bench, made.customer)
    await resume(bench, made)
  },
  after: good,
}

const unchanged = { billing_cycle_anchor: { type: 'unchanged' } } as const

/** Undefined where nothing has to be mended. */
export const remedies: Readonly<Record<StateName, Remedy | undefined>> = {
  S00: restart,
  S01: pay,
  S02: bank,
  S03: confirm,
  S04: settle,
  S05: restart,
  S06: catchUp(['incomplete_expired', 'void', 'canceled']),
  S10: cardInTime,
  S11: cardInTime,
  S12: { fix: move.payNew, after: ['trialing', 'paid', 'succeeded'] },
  S20: undefined,
  S21: undefined,
  S22: {
    fix: async ({ stripe }, { id, customer }) => {
      await stripe.customers.update(customer, { address: berlin, tax: { validate_location: 'immediately' } })
      const { id: draft } = await latest({ stripe }, id)
      await stripe.invoices.finalizeInvoice(draft)
      await stripe.invoices.pay(draft)
    },
    after: good,
  },
  S23: settle,
  S24: pay,
  S25: bank,
  S26: { fix: async ({ stripe }, { id }) => stripe.invoices.pay((await latest({ stripe }, id)).id), after: good },
  S27: pay,
  S28: {
    fix: async (bench, { id, clock }) => {
      await bench.stripe.subscriptions.update(id, { pause_collection: '' })
      await advance(bench, clock, (await renewal(bench, id)) + 2 * hour)
    },
    after: good,
  },
  S30: pay,
  S31: bank,
  S32: settle,
  S33: confirm,
  S34: { fix: (bench, made) => move.confirmOnPage(bench, made, 'pm_card_visa'), after: good },
  S35: payOlder(['active', 'draft', null]),
  S36: payOlder(['active', 'void', 'canceled']),
  S37: catchUp(['active', 'uncollectible', 'requires_payment_method']),
  S40: pay,
  S41: payOlder(['active', 'draft', null]),
  S42: bank,
  S43: settle,
  S44: pay,
  S50: restart,
  S51: payDebt,
  S52: { fix: move.settleDebit, after: ['canceled', 'paid', 'succeeded'] },
  S53: restart,
  S54: restart,
  S55: payDebt,
  S56: restart,
  S60: resumeByCard,
  S61: { fix: resume, after: good },
  'S61-by-stripe': undefined,
  S62: {
    fix: async (bench, made) => {
      await bench.lever('POST', 'settings', { after_paused_paid: 'resume' })
      await move.payNew(bench, made)
      await bench.lever('POST', 'settings', { after_paused_paid: 'stay' })
    },
    after: good,
  },
  'S62-last-retry': {
    fix: async (bench, made) => {
      await move.payNew(bench, made)
      if ((await move.seen(bench, made.id))[0] !== 'paused') throw new Error('It resumed by itself.')
      await bench.stripe.subscriptions.resume(made.id, unchanged)
    },
    after: good,
  },
  S63: bank,
  S64: settle,
  S65: resumeByCard,
  S66: resumeByCard,
  S67: catchUp(['active', 'uncollectible', 'requires_payment_method']),
  S68: {
    fix: async (bench, { id, clock }) => {
      const { frozen_time: stopped } = await bench.stripe.testHelpers.testClocks.retrieve(clock)
      await advance(bench, clock, stopped + 2 * hour)
      await bench.stripe.subscriptions.resume(id, unchanged)
    },
    after: good,
  },
}
