import type { Overview } from '#contract/overview.ts'
import { hasExpired, methodFor, type Account, type Invoice, type Method } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { debtOf } from '#diagnosis/rules.ts'
import { graceEnd, standing } from '#diagnosis/standing.ts'
import { judge } from './account.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { placeFor } from './place.ts'
import type { SessionRecord } from './store/sessions.ts'
import { seesAmounts, shownTo } from './redact.ts'
import { savedMethods } from './visit.ts'

/** The account in one answer, by the same facts and rules as everything else. */
export async function overview(hands: Hands, session: SessionRecord): Promise<Overview> {
  const { config } = hands
  const reading = await hands.airlock.read(session, { fresh: true })
  if (!reading) throw new ApiError('not-found')
  const { facts, record } = reading
  const now = hands.now()
  const { policy } = config
  const seesMoney = seesAmounts(config, session.role)
  const methods = seesMoney ? await savedMethods(hands, reading) : []
  return {
    ...placeFor(hands, session, record),
    diagnosis: shownTo(config, session.role, judge(config, reading, {}, now)),
    subscriptions: facts.subscriptions.map((subscription) => {
      const { id, plan, status, quantity, price, interval, periodEnd, trialEnd, cancelAt, endedAt } = subscription
      const stands = standing(facts, subscription, policy, now)
      return {
        id,
        plan,
        status,
        standing: stands,
        quantity,
        periodEnd,
        ...compact({
          price: seesMoney ? price : undefined,
          interval,
          trialEnd,
          cancelAt,
          endedAt,
          graceEnd: stands === 'grace' ? graceEnd(facts, subscription, policy) : undefined,
          method: seesMoney ? methodFor(facts, subscription) : undefined,
        }),
      }
    }),
    methods: methods.map((method) => ({
      method,
      isDefault: method.id === facts.method?.id,
      expired: hasExpired(method, now),
      usedBy: plansChargedTo(facts, method),
    })),
    openInvoices: facts.openInvoices.map((invoice) => {
      const [due] = debtOf([invoice])?.invoices ?? []
      return {
        id: invoice.id,
        due: invoice.due,
        period: invoice.period,
        state: stateOf(invoice, now),
        ...compact({
          remaining: seesMoney ? invoice.remaining : undefined,
          number: invoice.number,
          nextAttempt: due?.nextAttempt,
        }),
      }
    }),
  }
}

function plansChargedTo(facts: Account, method: Method): readonly string[] {
  return facts.subscriptions
    .filter(({ status }) => !['canceled', 'incomplete_expired'].includes(status))
    .filter((subscription) => methodFor(facts, subscription)?.id === method.id)
    .map(({ plan }) => plan)
}

function stateOf({ payment, due }: Invoice, now: number): Overview['openInvoices'][number]['state'] {
  if (payment.state === 'processing') return 'processing'
  if (payment.state === 'requires_action') return 'confirm'
  return due < now ? 'overdue' : 'due'
}
