import { acme, paid } from './acme.ts'
import { creditedInvoice, everyInvoice, refundedInvoice, tenThousandInvoices } from './histories.ts'
import type { Scenario } from './promise.ts'

/** Nothing is wrong; there is something to look up. */
export const historyScenarios = {
  'every-invoice': {
    ...acme,
    title: 'Invoices in every state',
    description:
      'Paid, refunded, credited, void, written off, due, overdue, declined, and one that the bank asks about.',
    build: everyInvoice,
    promised: { subscriptions: ['active'], card: '4444', open: 4 },
    reasons: [],
  },
  'invoice-refunded': {
    ...acme,
    title: 'The last payment was refunded',
    description: 'The merchant gave it back; the plan goes on.',
    build: refundedInvoice,
    promised: paid,
    reasons: [],
  },
  'invoice-credited': {
    ...acme,
    title: 'A part of the last invoice was credited',
    description: 'Ten euros went back to the card, five count towards the next invoice.',
    build: creditedInvoice,
    promised: paid,
    reasons: [],
  },
  'many-invoices': {
    ...acme,
    title: 'Ten thousand invoices',
    description: 'Four years of a bill every few hours.',
    build: tenThousandInvoices,
    promised: paid,
    reasons: [],
  },
} as const satisfies Record<string, Scenario>
