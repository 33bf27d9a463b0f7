import type { SavedMethod } from '#contract/methods.ts'
import { hasExpired, type Account, type Instant, type Method } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { canPayAll } from '#diagnosis/payable-currencies.ts'
import type { Reading } from '#server/account.ts'
import { defaultMethod } from '#server/auto-recharge.ts'
import { isFitForBackup } from '#server/backup/eligible.ts'
import type { Hands } from '#server/context.ts'
import { findRecharge } from '#server/store/auto-recharge.ts'
import { readHoldings, type Holding } from '#server/stripe/saved-methods.ts'
import { changeable, currenciesCharged, isNeeded, plansChargedTo } from './charged-plans.ts'

/** A card that ends within this many seconds is told of: two months. */
const SOON_SECONDS = 60 * 86_400

/**
 * Everything saved, with what is charged to it and what taking it away would mean: the default first, then what is
 * charged, then the newest. Throws StripeUnreachable.
 */
export async function readSaved(
  { database, stripe, now }: Hands,
  { record, facts }: Reading,
): Promise<readonly SavedMethod[]> {
  if (record.customer === undefined || facts.customer !== 'present') return []
  const [holdings, recharge] = await Promise.all([
    readHoldings(stripe, record.customer),
    findRecharge(database, record),
  ])
  const recharges = recharge?.on === true ? defaultMethod(facts)?.id : undefined
  return holdings
    .map((holding) => savedFrom(facts, holding, { holdings, recharges, now: now() }))
    .toSorted((a, b) => rank(a) - rank(b))
}

/** What is charged, by an older reading: nothing is known of what else is saved, and nothing can be changed. */
export function chargedBefore(facts: Account, now: Instant): readonly SavedMethod[] {
  const faces = [facts.method, ...facts.subscriptions.map(({ method }) => method)].filter((face) => face !== undefined)
  const distinct = faces.filter(({ id }, index) => faces.findIndex((other) => other.id === id) === index)
  const holdings = distinct.map((method) => ({ method, blocked: false }))
  return holdings
    .map((holding) => savedFrom(facts, holding, { holdings, recharges: undefined, now }))
    .filter(({ isDefault, plans }) => isDefault || plans.length > 0)
}

type Around = {
  readonly holdings: readonly Holding[]
  /** The method that credits which buy themselves are charged to. */
  readonly recharges: string | undefined
  readonly now: Instant
}

function savedFrom(facts: Account, holding: Holding, around: Around): SavedMethod {
  const { method, blocked: _, ...known } = holding
  const plans = plansChargedTo(facts, method.id)
  const expires = endOf(method)
  return {
    method,
    ...known,
    isDefault: facts.method?.id === method.id,
    ...compact({ expires, paying: onItsWay(facts, method.id) }),
    expiry: expiryOf(expires, around.now),
    usable: isUsable(holding, around.now),
    plans,
    recharges: around.recharges === method.id,
    removal: removalOf(facts, holding, around),
    backs: isUsable(holding, around.now) && isFitForBackup(method) && standsIn(facts, method.id),
  }
}

/** Whether something else is charged by itself, for which it could stand in. */
function standsIn(facts: Account, method: string): boolean {
  if (facts.method) return facts.method.id !== method
  const charged = changeable(facts).flatMap((id) => facts.subscriptions.find((one) => one.id === id)?.method ?? [])
  return charged.some(({ id }) => id !== method)
}

function removalOf(facts: Account, { method }: Holding, { holdings, recharges, now }: Around): SavedMethod['removal'] {
  if (onItsWay(facts, method.id)) return 'in-flight'
  const isDefault = facts.method?.id === method.id
  const plans = plansChargedTo(facts, method.id)
  if (!isDefault && plans.length === 0 && recharges !== method.id) return 'free'
  const needed = currenciesCharged(facts, { isDefault, plans: plans.map(({ subscription }) => subscription) })
  const others = holdings.filter(
    (other) => other.method.id !== method.id && isUsable(other, now) && canPayAll(other.method, needed),
  )
  if (others.length > 0) return 'hand-over'
  const owed = isDefault && facts.openInvoices.some(({ subscription }) => subscription === undefined)
  const isHeld = owed || recharges === method.id || plans.some((plan) => isNeeded(facts, plan))
  return isHeld ? 'add-first' : 'free'
}

/** What an unfinished payment takes from it. */
function onItsWay({ openInvoices }: Account, method: string): SavedMethod['paying'] {
  return openInvoices.find(({ payment }) => payment.state === 'processing' && payment.method?.id === method)?.remaining
}

function isUsable({ method, blocked }: Holding, now: Instant): boolean {
  return !blocked && !hasExpired(method, now)
}

/** Cards work to the end of their month, UTC. */
function endOf({ expMonth, expYear }: Method): Instant | undefined {
  return expMonth === undefined || expYear === undefined ? undefined : Date.UTC(expYear, expMonth, 1) / 1_000
}

function expiryOf(expires: Instant | undefined, now: Instant): SavedMethod['expiry'] {
  if (expires === undefined) return 'good'
  if (expires <= now) return 'over'
  return expires - now <= SOON_SECONDS ? 'soon' : 'good'
}

function rank({ isDefault, plans }: SavedMethod): number {
  if (isDefault) return 0
  return plans.length > 0 ? 1 : 2
}
