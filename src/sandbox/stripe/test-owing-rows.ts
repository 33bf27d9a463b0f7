import { refusal } from './test-bench.ts'
import { at, hour, latest, pastDue, subscribed } from './test-clock.ts'
import type { StateRow } from './test-live-rows.ts'
import * as move from './test-moves.ts'
import type { Seen } from './test-moves.ts'

const good: Seen = ['active', 'paid', 'succeeded']
const renewalDay = at(2026, 2, 28, 12)

const restart = { fix: move.subscribeAgain, after: good }

/** S30 to S56: past due, unpaid, ended. */
export const owingRows: StateRow[] = [
  {
    id: 'S30',
    title: 'the renewal failed',
    reach: (bench) => pastDue(bench),
    seen: ['past_due', 'open', 'requires_payment_method'],
    fix: move.payNew,
    after: good,
  },
  {
    id: 'S31',
    title: 'the renewal waits for the bank’s check',
    reach: (bench) => pastDue(bench, move.card3ds),
    seen: ['past_due', 'open', 'requires_action'],
    fix: move.passBank,
    after: good,
  },
  {
    id: 'S32',
    title: 'past due, paid by a bank debit on its way',
    reach: async (bench) => {
      const made = await pastDue(bench)
      await move.payByBank(bench, made)
      return made
    },
    seen: ['past_due', 'open', 'processing'],
    fix: move.settleDebit,
    after: good,
  },
  {
    id: 'S33',
    title: 'past due, a new method set and never confirmed',
    reach: async (bench) => {
      const made = await pastDue(bench)
      const method = await move.newDefault(bench, made.customer)
      const intent = await move.intentOf(bench, made.invoice.id)
      await bench.stripe.paymentIntents.update(intent.id, { payment_method: method })
      return made
    },
    seen: ['past_due', 'open', 'requires_confirmation'],
    fix: move.confirmOnPage,
    after: good,
  },
  {
    id: 'S34',
    title: 'an invoice that was sent is late, and nobody tried to pay it',
    reach: move.overdueInvoice,
    seen: ['past_due', 'open', null],
    fix: (bench, made) => move.confirmOnPage(bench, made, 'pm_card_visa'),
    after: good,
  },
  {
    id: 'S35',
    title: 'a newer draft stands above the failed invoice',
    reach: async (bench) => {
      const made = await pastDue(bench)
      await made.clock.to(at(2026, 3, 31, 12))
      return made
    },
    seen: ['past_due', 'draft', null],
    fix: async (bench, made) => {
      const { data } = await bench.stripe.invoices.list({ customer: made.customer, status: 'open' })
      await move.payNew(bench, made, data[0]?.id)
    },
    after: ['active', 'draft', null],
  },
  {
    id: 'S36',
    title: 'the latest invoice is void, the one before still failed',
    reach: async (bench) => {
      const made = await pastDue(bench)
      await made.clock.to(at(2026, 3, 31, 14))
      await bench.stripe.invoices.voidInvoice((await latest(bench, made.id)).id)
      return made
    },
    seen: ['past_due', 'void', 'canceled'],
    fix: async (bench, made) => {
      const { data } = await bench.stripe.invoices.list({ customer: made.customer, status: 'open' })
      await move.payNew(bench, made, data[0]?.id)
    },
    after: ['active', 'void', 'canceled'],
  },
  {
    id: 'S37',
    title: 'written off a moment ago',
    reach: async (bench) => {
      const made = await pastDue(bench)
      await move.lag(bench, made, true)
      await bench.stripe.invoices.markUncollectible(made.invoice.id)
      return made
    },
    seen: ['past_due', 'uncollectible', 'requires_payment_method'],
    fix: (bench, made) => move.lag(bench, made, false),
    after: ['active', 'uncollectible', 'requires_payment_method'],
  },
  {
    id: 'S40',
    title: 'no retry is left',
    reach: move.unpaid,
    seen: ['unpaid', 'open', 'requires_payment_method'],
    fix: move.payNew,
    after: good,
  },
  {
    id: 'S41',
    title: 'unpaid, with newer drafts',
    reach: async (bench) => {
      const made = await move.unpaid(bench)
      await made.clock.to(at(2026, 3, 31, 14))
      return made
    },
    seen: ['unpaid', 'draft', null],
    fix: async (bench, made) => {
      const { data } = await bench.stripe.invoices.list({ customer: made.customer, status: 'open' })
      await move.payNew(bench, made, data[0]?.id)
    },
    after: ['active', 'draft', null],
  },
  {
    id: 'S42',
    title: 'unpaid, the bank asks',
    reach: async (bench) => {
      const made = await move.unpaid(bench)
      const method = await move.newDefault(bench, made.customer, 'pm_card_authenticationRequired')
      const owed = await latest(bench, made.id)
      await refusal(bench.stripe.invoices.pay(owed.id, { payment_method: method, off_session: false }))
      return made
    },
    seen: ['unpaid', 'open', 'requires_action'],
    fix: move.passBank,
    after: good,
  },
  {
    id: 'S43',
    title: 'unpaid, a bank debit is on its way',
    reach: async (bench) => {
      const made = await move.unpaid(bench)
      await move.payByBank(bench, made)
      return made
    },
    seen: ['unpaid', 'open', 'processing'],
    fix: move.settleDebit,
    after: good,
  },
  {
    id: 'S44',
    title: 'written off while unpaid',
    reach: async (bench) => {
      const made = await move.unpaid(bench)
      await bench.stripe.invoices.markUncollectible((await latest(bench, made.id)).id)
      return made
    },
    seen: ['unpaid', 'uncollectible', 'requires_payment_method'],
    fix: move.payNew,
    after: good,
  },
  {
    id: 'S50',
    title: 'ended as asked',
    reach: async (bench) => {
      const made = await subscribed(bench, 'pm_card_visa', { cancel_at_period_end: true })
      await made.clock.to(renewalDay + hour)
      return made
    },
    seen: ['canceled', 'paid', 'succeeded'],
    ...restart,
  },
  {
    id: 'S51',
    title: 'ended after the last retry, with a debt',
    reach: (bench) =>
      move.under(bench, { after_retries: 'cancel' }, async () => {
        const made = await pastDue(bench)
        await made.clock.to(at(2026, 3, 10))
        return made
      }),
    seen: ['canceled', 'open', 'requires_payment_method'],
    fix: move.payNew,
    after: ['canceled', 'paid', 'succeeded'],
  },
  {
    id: 'S52',
    title: 'ended while a bank debit is on its way',
    reach: async (bench) => {
      const made = await pastDue(bench)
      await move.payByBank(bench, made)
      await bench.stripe.subscriptions.cancel(made.id)
      return made
    },
    seen: ['canceled', 'open', 'processing'],
    fix: move.settleDebit,
    after: ['canceled', 'paid', 'succeeded'],
  },
  {
    id: 'S53',
    title: 'ended while the bank asks',
    reach: async (bench) => {
      const made = await pastDue(bench, move.card3ds)
      await bench.stripe.subscriptions.cancel(made.id)
      return made
    },
    seen: ['canceled', 'open', 'requires_action'],
    ...restart,
  },
  {
    id: 'S54',
    title: 'ended, its invoice void',
    reach: async (bench) => {
      const made = await pastDue(bench)
      await bench.stripe.subscriptions.cancel(made.id)
      await bench.stripe.invoices.voidInvoice(made.invoice.id)
      return made
    },
    seen: ['canceled', 'void', 'canceled'],
    ...restart,
  },
]
