import type { Overview } from '#contract/overview.ts'
import {
  hasExpired,
  methodFor,
  type Account,
  type Instant,
  type Invoice,
  type Method,
  type Subscription,
} from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Blocker, Diagnosis } from '#diagnosis/diagnosis.ts'
import { asHeld } from '#diagnosis/kept.ts'
import type { Fix } from '#diagnosis/reason.ts'
import { debtOf, why } from '#diagnosis/rules.ts'
import { graceEnd, isOver, openInvoicesOf, standing } from '#diagnosis/standing.ts'
import { lastBackupCharge } from './backup/consent.ts'
import { judge } from './account.ts'
import type { Config } from './config.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { newestInvoices } from './invoices.ts'
import { placeFor } from './place.ts'
import { mayStillUndo, plannedOf } from './plan-later.ts'
import { seesAmounts, shownTo } from './redact.ts'
import { otherAccounts } from './sign-in.ts'
import type { SessionRecord } from './store/sessions.ts'
import { meterUsages } from './usage-page/meters.ts'
import { upcomingOf, type Foresight } from './upcoming.ts'

type Plan = Overview['subscriptions'][number]

/** The account in one answer, by the same facts and rules as everything else. `fresh` asks Stripe now. */
export async function overview(hands: Hands, session: SessionRecord, fresh: boolean): Promise<Overview> {
  const { config } = hands
  const reading = await hands.airlock.read(session, { fresh })
  if (!reading) throw new ApiError('not-found')
  const { facts, record } = reading
  const now = hands.now()
  const seesMoney = seesAmounts(config, session.role)
  const diagnosis = judge(config, reading, {}, now)
  const [upcoming, invoices, meters, backup, others] = await Promise.all([
    seesMoney ? upcomingOf(hands, reading) : undefined,
    newestInvoices(hands, session, reading),
    facts.source === 'none' ? [] : meterUsages(hands, reading, { money: seesMoney }),
    seesMoney ? lastBackupCharge(hands, session) : undefined,
    otherAccounts(hands, session),
  ])
  const place = placeFor(hands, session, record)
  const known: Known = { config, diagnosis, now, upcoming, mayPay: place.mayPay, seesMoney }
  return {
    ...place,
    diagnosis: shownTo(config, session.role, diagnosis),
    subscriptions: facts.subscriptions.map((subscription) => {
      const plan = planFrom(facts, subscription, known)
      return seesMoney ? plan : withoutMoney(plan)
    }),
    methods: seesMoney
      ? methodsInUse(facts).map((method) => ({
          method,
          isDefault: method.id === facts.method?.id,
          expired: hasExpired(method, now),
          usedBy: plansChargedTo(facts, method, now),
        }))
      : [],
    usage: meters
      .filter(({ used, included, resets }) => resets > now && (used !== undefined || included !== undefined))
      .toSorted((a, b) => partUsed(b) - partUsed(a))
      .slice(0, METERS),
    ...(invoices && { invoices }),
    ...(backup && { backup }),
    ...(others && { otherAccounts: others }),
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

const METERS = 3

/** Of what is included; what was never reported, and then what has no limit, comes last. */
function partUsed({ used, included }: Overview['usage'][number]): number {
  if (included === undefined) return -2
  if (used === undefined) return -1
  return included === 0 ? Number(used > 0) : used / included
}

type Known = {
  readonly config: Config
  readonly diagnosis: Diagnosis
  readonly now: Instant
  readonly upcoming: Foresight | undefined
  readonly mayPay: boolean
  readonly seesMoney: boolean
}

function planFrom(facts: Account, subscription: Subscription, known: Known): Plan {
  const { config, diagnosis, now, upcoming, mayPay, seesMoney } = known
  const { policy } = config
  const telling = { policy, now, seesMoney, mayUndo: mayPay && mayStillUndo(subscription, now) }
  const { id, status, interval, periodEnd, trialEnd, cancelAt, endedAt } = subscription
  const { pausedBy, uncollected, scheduled, changing } = subscription
  const stands = standing(facts, subscription, policy, now)
  const { plan, quantity, price } = stands === 'ended' ? subscription : asHeld(subscription, now)
  const wrong = stands === 'grace' || stands === 'stopped' ? why(facts, subscription, now) : undefined
  const debt = wrong && debtOf(openInvoicesOf(facts, subscription), subscription)
  const attempts = debt?.invoices.flatMap(({ nextAttempt }) => nextAttempt ?? []) ?? []
  return {
    id,
    plan,
    status,
    standing: stands,
    quantity,
    periodEnd,
    ...(uncollected && { uncollected }),
    ...(scheduled && { scheduled }),
    ...compact({
      price,
      interval,
      trialEnd,
      cancelAt,
      endedAt,
      graceEnd: stands === 'grace' ? graceEnd(facts, subscription, policy) : undefined,
      reason: wrong?.reason,
      fix: remedyFor(id, wrong, diagnosis),
      dueSince: debt?.invoices[0]?.due,
      owed: debt?.total,
      nextAttempt: attempts.length > 0 ? Math.min(...attempts) : undefined,
      pausedBy,
      planned: stands === 'ended' ? undefined : plannedOf(subscription, telling),
      changing: changing?.expires,
      upcoming: upcoming?.get(id),
      method: methodFor(facts, subscription),
    }),
  }
}

/** Only what the diagnosis would send somebody to: the others' screens have nothing to mend. */
function remedyFor(id: string, wrong: Blocker | undefined, { blockers, warnings }: Diagnosis): Fix | undefined {
  if (wrong) return [...blockers, ...warnings].find(({ fix }) => fix === wrong.fix)?.fix
  return blockers.find((blocker) => 'subscription' in blocker && blocker.subscription === id)?.fix
}

function withoutMoney(plan: Plan): Plan {
  const { price: _, owed: __, method: ___, upcoming: ____, ...rest } = plan
  return rest
}

/** The default first. */
function methodsInUse(facts: Account): readonly Method[] {
  const charged = facts.subscriptions.filter((one) => !isOver(one)).flatMap((one) => methodFor(facts, one) ?? [])
  const all = [...(facts.method ? [facts.method] : []), ...charged]
  return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index)
}

function plansChargedTo(facts: Account, method: Method, now: Instant): readonly string[] {
  return facts.subscriptions
    .filter((subscription) => !isOver(subscription))
    .filter((subscription) => methodFor(facts, subscription)?.id === method.id)
    .map((subscription) => asHeld(subscription, now).plan)
}

function stateOf({ payment, due }: Invoice, now: number): Overview['openInvoices'][number]['state'] {
  if (payment.state === 'processing') return 'processing'
  if (payment.state === 'requires_action') return 'confirm'
  return due < now ? 'overdue' : 'due'
}
