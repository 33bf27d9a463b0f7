import type { Visit } from '#contract/visit.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Blocker, Debt, Diagnosis } from '#diagnosis/diagnosis.ts'
import type { Reading } from './account.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { debtLeft, linkOf, stateOf } from './guest.ts'
import { appOf } from './own.ts'
import { findStoppedPlan } from './store/attempts.ts'
import type { SessionRecord } from './store/sessions.ts'
import { unfinishedSetup } from './unfinished-setup.ts'

/**
 * What somebody with a guest link sees: who pays whom, this one payment, and the card form. No saved card, no plan, no
 * other invoice, no name but the one who sent the link. Throws ApiError no-session, not-found.
 */
export async function guestVisit(hands: Hands, session: SessionRecord, check: string | undefined): Promise<Visit> {
  const { config } = hands
  if (check !== undefined) throw new ApiError('not-found')
  const link = await linkOf(hands, session)
  const app = appOf(hands, session.app)
  const reading = await hands.airlock.read(session, { fresh: true })
  if (!reading) throw new ApiError('not-found')
  const now = hands.now()
  const state = stateOf(link, reading, now)
  const debt = state === 'open' ? debtLeft(link, reading) : link.debt
  const unfinished = state === 'open' ? await unfinishedSetup(hands, session, reading) : undefined
  return {
    now,
    merchant: config.merchant,
    account: { id: 'guest', label: reading.record.label },
    app: { id: app.id, name: app.name, url: app.url },
    member: { id: session.member, role: 'guest' },
    mayPay: state === 'open',
    payers: [],
    guest: {
      state,
      debt,
      keepsCard: link.keepsCard,
      ...compact({ by: reading.record.members.find(({ id }) => id === link.maker)?.name, note: link.note }),
    },
    diagnosis: diagnosisOf(reading, state === 'open' ? await blockerOf(hands, session, reading, debt) : undefined),
    methods: [],
    ...(unfinished && { unfinished }),
    stripe: {
      publishableKey: config.stripe.publishableKey,
      script: config.stripe.script,
      sandbox: config.stripe.sandbox,
    },
  }
}

function diagnosisOf({ facts }: Reading, blocker: Blocker | undefined): Diagnosis {
  const seen = { asOf: facts.asOf, live: facts.source === 'live', warnings: [] }
  if (facts.source !== 'live') return { ...seen, verdict: 'unchecked', access: true, blockers: [] }
  return { ...seen, verdict: blocker ? 'blocked' : 'clear', access: !blocker, blockers: blocker ? [blocker] : [] }
}

/** On its way, waiting for this guest's bank, or to be paid. A check that waits for another's card is not theirs. */
async function blockerOf(
  { database }: Hands,
  session: SessionRecord,
  { facts }: Reading,
  debt: Debt,
): Promise<Blocker> {
  const open = facts.openInvoices.filter(({ id }) => debt.invoices.some((invoice) => invoice.id === id))
  if (open.some(({ payment }) => payment.state === 'processing')) {
    return { reason: 'payment_processing', fix: 'await-payment', who: 'nobody', debt }
  }
  const waiting = open.find(({ payment }) => payment.state === 'requires_action')
  if (waiting && (await findStoppedPlan(database, session, waiting.id))) {
    return { reason: 'authentication_required', fix: 'confirm-payment', who: 'payer', debt, invoice: waiting.id }
  }
  return { reason: 'invoice_overdue', fix: 'pay-invoice', who: 'payer', debt }
}
