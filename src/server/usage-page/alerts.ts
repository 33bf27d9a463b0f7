import type { UsageAlert } from '#contract/usage-alert.ts'
import type { Hands } from '#server/context.ts'
import { countUsage, hasReached, type CountedUsage } from '#server/counted-usage.ts'
import { ApiError } from '#server/errors.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { alertLetter } from '#server/mail/alert-letter.ts'
import { appOf } from '#server/own.ts'
import { payingRoles } from '#server/paying-roles.ts'
import { findAccount, type AccountKey } from '#server/store/accounts.ts'
import { findLastPurchase } from '#server/store/credit-lots.ts'
import { readPurse } from '#server/store/credits.ts'
import { insertMail } from '#server/store/mails.ts'
import {
  findAlerts,
  findLetterStops,
  markAlerts,
  replaceAlerts,
  type ReachedAlert,
} from '#server/store/usage-alerts.ts'
import { randomId } from '#server/token.ts'
import { nameOf } from './meters.ts'

/**
 * Writes to everybody who pays about each alert that was reached, once in a period; about credits once after each purchase.
 * One letter for all that were reached together.
 */
export async function noteAlerts(
  hands: Hands,
  postman: Pick<Loop, 'wake'>,
  key: AccountKey,
  counted: readonly CountedUsage[],
): Promise<void> {
  const { config, database, now } = hands
  if (!config.mail) return
  const alerts = await findAlerts(database, key)
  if (alerts.length === 0) return
  const purse = await purseOf(hands, key, { alerts, counted })
  const reached = reachedOf(alerts, counted, purse)
  const record = await findAccount(database, key)
  if (!record || reached.length === 0) return
  const stops = await findLetterStops(database, key)
  const payers = record.members.filter(({ id, role }) => payingRoles.includes(role) && !stops.has(id))
  const written = await database.transaction(async (queries) => {
    const news = await markAlerts(queries, key, reached)
    if (news.length === 0) return 0
    for (const { id: member, name, email } of payers) {
      if (email === undefined) continue
      const letter = alertLetter({
        merchant: config.merchant.name,
        app: appOf(hands, key.app).name,
        account: record.label,
        reader: name,
        alerts: news.map((alert) => toldOf(alert)),
        now: now(),
      })
      const { app, account } = key
      const mail = { app, account, id: randomId('mail_'), recipient: email, letter, created: now() }
      await insertMail(queries, { ...mail, purpose: 'usage', subject: member })
    }
    return news.length
  })
  if (written > 0) postman.wake()

  function toldOf(alert: UsageAlert) {
    if (alert.kind === 'below') return { kind: alert.kind, value: alert.value, balance: purse?.balance ?? 0 }
    const usage = counted.find(({ meter }) => meter === alert.meter)
    const { used = 0, included = 0, until = now() } = usage ?? {}
    return { ...alert, ...nameOf(config.policy, alert.meter), used, included, resets: until }
  }
}

/** All of them anew. What is reached already is not written about in this period: whoever sets it sees it. */
export async function setAlerts(hands: Hands, key: AccountKey, alerts: readonly UsageAlert[]): Promise<void> {
  const { config, database, now } = hands
  const wrong = alerts.findIndex((alert) => alert.kind !== 'below' && !isMeter(hands, alert.meter))
  if (wrong >= 0) throw refused(wrong, 'There is no such meter')
  const unsold = alerts.findIndex(({ kind }) => kind === 'below' && !config.credits)
  if (unsold >= 0) throw refused(unsold, 'There are no credits here')
  const counted = await countUsage(hands, key)
  const reached = reachedOf(alerts, counted, await purseOf(hands, key, { alerts, counted }))
  await database.transaction(async (queries) => {
    await replaceAlerts(queries, key, alerts, now())
    await markAlerts(queries, key, reached)
  })
}

function refused(index: number, message: string): ApiError {
  const path = `alerts.${index}`
  return new ApiError('invalid-request', `${path}: ${message}`, { errors: [{ path, message }] })
}

function isMeter({ config: { policy } }: Hands, meter: string): boolean {
  const plans = Object.values(policy.plans ?? {})
  return policy.meters?.[meter] !== undefined || plans.some(({ limits }) => limits?.[meter] !== undefined)
}

type Seen = { readonly alerts: readonly UsageAlert[]; readonly counted: readonly CountedUsage[] }

/** What is left, by the terms last read, and since when: only where some alert asks for it. Stripe is not asked. */
async function purseOf({ config, database, now }: Hands, key: AccountKey, { alerts, counted }: Seen) {
  if (!config.credits || !alerts.some(({ kind }) => kind === 'below')) return undefined
  const draws = counted.flatMap(({ meter, since, until, included }) => {
    const rate = config.policy.meters?.[meter]?.credits
    return rate === undefined ? [] : [{ meter, since, until, included, rate }]
  })
  const [{ balance }, bought] = await Promise.all([
    readPurse(database, key, draws, now()),
    findLastPurchase(database, key),
  ])
  return { balance: Math.max(0, Math.floor(balance)), since: bought ?? 0 }
}

type Purse = { readonly balance: number; readonly since: number }

function reachedOf(
  alerts: readonly UsageAlert[],
  counted: readonly CountedUsage[],
  purse: Purse | undefined,
): readonly ReachedAlert[] {
  return alerts.flatMap((alert): readonly ReachedAlert[] => {
    if (alert.kind === 'below') return purse && purse.balance < alert.value ? [{ ...alert, told: purse.since }] : []
    const usage = counted.find(({ meter }) => meter === alert.meter)
    const mark = alert.kind === 'percent' ? { percent: alert.value } : { units: alert.value }
    return usage && hasReached(usage, mark) ? [{ ...alert, told: usage.since }] : []
  })
}
