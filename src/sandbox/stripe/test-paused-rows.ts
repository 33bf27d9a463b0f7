import { at, hour, latest, pastDue, subscribed } from './test-clock.ts'
import type { StateRow } from './test-live-rows.ts'
import * as move from './test-moves.ts'
import type { Seen } from './test-moves.ts'

const good: Seen = ['active', 'paid', 'succeeded']
const renewalDay = at(2026, 2, 28, 12)

/** S55 to S68: ended with something left over, paused. */
export const pausedRows: StateRow[] = [
  {
    id: 'S55',
    title: 'ended and written off',
    reach: async (bench) => {
      const made = await pastDue(bench)
      await bench.stripe.subscriptions.cancel(made.id)
      await bench.stripe.invoices.markUncollectible(made.invoice.id)
      return made
    },
    seen: ['canceled', 'uncollectible', 'requires_payment_method'],
    fix: move.payNew,
    after: ['canceled', 'paid', 'succeeded'],
  },
  {
    id: 'S56',
    title: 'ended with a draft left over',
    reach: async (bench) => {
      const made = await subscribed(bench)
      await made.clock.to(renewalDay)
      await bench.stripe.subscriptions.cancel(made.id)
      await made.clock.to(renewalDay + 3 * hour)
      return made
    },
    seen: ['canceled', 'draft', null],
    fix: move.subscribeAgain,
    after: good,
  },
  {
    id: 'S60',
    title: 'the trial ended without a method',
    reach: move.pausedTrial,
    seen: ['paused', 'paid', null],
    fix: async (bench, made) => {
      await move.newDefault(bench, made.customer)
      await move.resume(bench, made)
    },
    after: good,
  },
  {
    id: 'S61',
    title: 'paused as asked',
    reach: async (bench) => {
      const made = await subscribed(bench)
      await bench.stripe.subscriptions.pause(made.id, { type: 'subscription' })
      return made
    },
    seen: ['paused', 'paid', 'succeeded'],
    fix: move.resume,
    after: good,
  },
  {
    id: 'S61',
    title: 'paused by Stripe',
    reach: async (bench) => {
      const made = await subscribed(bench)
      await bench.lever('POST', `subscriptions/${made.id}`, { pause: 'system' })
      return made
    },
    seen: ['paused', 'paid', 'succeeded'],
  },
  {
    id: 'S62',
    title: 'paused by the first renewal that failed; resumes by itself once paid',
    reach: (bench) => move.under(bench, { after_first_failure: 'pause' }, () => pastDue(bench)),
    seen: ['paused', 'open', 'requires_payment_method'],
    fix: (bench, made) => move.under(bench, { after_paused_paid: 'resume' }, () => move.payNew(bench, made)),
    after: good,
  },
  {
    id: 'S62',
    title: 'paused by the last retry that failed; paid, then resumed',
    reach: (bench) =>
      move.under(bench, { after_retries: 'pause' }, async () => {
        const made = await pastDue(bench)
        await made.clock.to(at(2026, 3, 10))
        return made
      }),
    seen: ['paused', 'open', 'requires_payment_method'],
    fix: async (bench, made) => {
      await move.payNew(bench, made)
      if ((await move.seen(bench, made.id))[0] !== 'paused') throw new Error('It resumed by itself.')
      await bench.stripe.subscriptions.resume(made.id, { billing_cycle_anchor: { type: 'unchanged' } })
    },
    after: good,
  },
  {
    id: 'S63',
    title: 'resuming waits for the bank’s check',
    reach: async (bench) => {
      const made = await move.pausedTrial(bench)
      await move.newDefault(bench, made.customer, 'pm_card_authenticationRequired')
      await move.resume(bench, made)
      return made
    },
    seen: ['paused', 'open', 'requires_action'],
    fix: move.passBank,
    after: good,
  },
  {
    id: 'S64',
    title: 'resuming waits for a bank debit',
    reach: async (bench) => {
      const made = await move.pausedTrial(bench)
      await move.newDefault(bench, made.customer, move.bank)
      await move.resume(bench, made)
      return made
    },
    seen: ['paused', 'open', 'processing'],
    fix: move.settleDebit,
    after: good,
  },
  {
    id: 'S65',
    title: 'the resumption invoice ran out',
    reach: async (bench) => {
      const made = await move.pausedTrial(bench)
      await bench.stripe.subscriptions.resume(made.id)
      await made.clock.to(at(2026, 2, 17))
      return made
    },
    seen: ['paused', 'void', 'canceled'],
    fix: async (bench, made) => {
      await move.newDefault(bench, made.customer)
      await move.resume(bench, made)
    },
    after: good,
  },
  {
    id: 'S66',
    title: 'paused, and never had an invoice',
    reach: async (bench) => {
      const made = await move.pausedTrial(bench)
      await bench.lever('POST', `subscriptions/${made.id}`, { forget_invoice: true })
      return made
    },
    seen: ['paused', null, null],
    fix: async (bench, made) => {
      await move.newDefault(bench, made.customer)
      await move.resume(bench, made)
    },
    after: good,
  },
  {
    id: 'S67',
    title: 'the resumption invoice was written off a moment ago',
    reach: async (bench) => {
      const made = await move.pausedTrial(bench)
      await bench.stripe.subscriptions.resume(made.id)
      await move.lag(bench, made, true)
      await bench.stripe.invoices.markUncollectible((await latest(bench, made.id)).id)
      return made
    },
    seen: ['paused', 'uncollectible', 'requires_payment_method'],
    fix: (bench, made) => move.lag(bench, made, false),
    after: ['active', 'uncollectible', 'requires_payment_method'],
  },
  {
    id: 'S68',
    title: 'paused over a draft, which goes on without ending the pause',
    reach: async (bench) => {
      const made = await subscribed(bench)
      await made.clock.to(renewalDay)
      await bench.stripe.subscriptions.pause(made.id, { type: 'subscription' })
      return made
    },
    seen: ['paused', 'draft', null],
    fix: async (bench, made) => {
      await made.clock.to(renewalDay + 2 * hour)
      await bench.stripe.subscriptions.resume(made.id, { billing_cycle_anchor: { type: 'unchanged' } })
    },
    after: good,
  },
]
