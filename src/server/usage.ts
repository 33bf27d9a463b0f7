import { UsageEventSchema, type UsageAnswer, type UsageErrorCode } from '#contract/usage.ts'
import type { App } from './config.ts'
import type { Hands } from './context.ts'
import { findKnownAccounts } from './store/accounts.ts'
import type { Queries } from './store/database.ts'
import { insertForwards } from './store/meter-forwards.ts'
import { findAlerting } from './store/usage-alerts.ts'
import { askUsageLooks } from './store/usage-looks.ts'
import { countEvents, type KnownEvent, type UsageEvent } from './store/usage.ts'

/** A report may come this late, in seconds: a month, and a long weekend. */
const LATE_SECONDS = 35 * 86_400
/** Clocks differ. */
const EARLY_SECONDS = 300

type Refused = { readonly code: UsageErrorCode; readonly message: string }
type Judged = { readonly index: number; readonly id: string | undefined } & (
  | { readonly event: UsageEvent; readonly dated: boolean }
  | { readonly refused: Refused }
)

/**
 * Takes a batch of reports: each is counted in its own day and period, once. What is wrong with one is said of that one,
 * and the others are taken.
 */
export async function takeUsage(hands: Hands, app: App, sent: readonly unknown[]): Promise<UsageAnswer> {
  const now = hands.now()
  const meters = metersOf(hands)
  const read = sent.map((raw, index) => readEvent(raw, index, now))
  const accounts = await findKnownAccounts(hands.database, app.id, [
    ...new Set(read.flatMap((one) => ('event' in one ? [one.event.account] : []))),
  ])
  const judged = read.map((one): Judged => {
    const refused = 'event' in one ? refusalOf(one.event, { accounts, meters, now }) : undefined
    return refused ? { index: one.index, id: one.id, refused } : one
  })
  const firsts = new Map<string, UsageEvent>()
  for (const one of judged) if ('event' in one && !firsts.has(one.event.id)) firsts.set(one.event.id, one.event)
  const { accepted, known } = await countEvents(hands.database, app.id, [...firsts.values()], {
    now,
    with: (queries, counted) => passOn(queries, hands, app, counted),
  })
  const errors: UsageAnswer['errors'] = []
  let duplicates = 0
  for (const one of judged) {
    const refused = 'refused' in one ? one.refused : againstKnown(one.event, one.dated)
    if (refused) errors.push({ index: one.index, ...refused, ...(one.id !== undefined && { id: one.id }) })
  }
  return { accepted: accepted.size, duplicates, errors }

  function againstKnown(event: UsageEvent, dated: boolean): Refused | undefined {
    const first = firsts.get(event.id)
    if (first === event && accepted.has(event.id)) return undefined
    const before = known.get(event.id) ?? first
    if (!before || !isSame(event, before, dated)) return refusals.id_reused(event)
    duplicates += 1
    return undefined
  }
}

/** What follows from new reports is written down with them: nothing of it is lost. */
async function passOn(
  queries: Queries,
  { config, now }: Hands,
  app: App,
  counted: readonly UsageEvent[],
): Promise<void> {
  const accounts = counted.map(({ account }) => account)
  const watched = app.webhook ? accounts : await findAlerting(queries, app.id, accounts)
  if (watched.length > 0) await askUsageLooks(queries, app.id, watched, now())
  const forwards = counted.flatMap(({ account, id, meter, quantity, at }) => {
    const eventName = config.meters[meter]?.stripeMeter
    return eventName === undefined ? [] : [{ account, id, eventName, quantity, at }]
  })
  if (forwards.length > 0) await insertForwards(queries, app.id, forwards, now())
}

function readEvent(raw: unknown, index: number, now: number): Judged {
  const parsed = UsageEventSchema.safeParse(raw)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const message = `${issue?.path.join('.') || 'event'}: ${issue?.message ?? 'is not valid'}`
    return { index, id: idOf(raw), refused: { code: 'invalid_event', message } }
  }
  const { api_key: apiKey, at = now, quantity, ...rest } = parsed.data
  // Six decimals: what is added up stays exact.
  const event = { ...rest, at, quantity: Number(quantity.toFixed(6)), ...(apiKey !== undefined && { apiKey }) }
  return { index, id: event.id, event, dated: parsed.data.at !== undefined }
}

function idOf(raw: unknown): string | undefined {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined
  return typeof id === 'string' ? id.slice(0, 128) : undefined
}

const refusals = {
  negative_quantity: () => say('negative_quantity', 'quantity: below zero; what was counted is not taken back'),
  unknown_account: ({ account }: UsageEvent) =>
    say('unknown_account', `account: there is no ${account}; PUT /v1/accounts/{id} first`),
  unknown_meter: ({ meter }: UsageEvent) => say('unknown_meter', `meter: the configuration has no ${meter}`),
  too_old: () => say('too_old', 'at: more than 35 days ago'),
  in_future: () => say('in_future', 'at: more than 5 minutes from now'),
  id_reused: ({ id }: UsageEvent) => say('id_reused', `id: ${id} was sent before with other content`),
} as const

function say(code: UsageErrorCode, message: string): Refused {
  return { code, message }
}

type Known = { readonly accounts: ReadonlySet<string>; readonly meters: ReadonlySet<string>; readonly now: number }

function refusalOf(event: UsageEvent, { accounts, meters, now }: Known): Refused | undefined {
  if (event.quantity < 0) return refusals.negative_quantity()
  if (!accounts.has(event.account)) return refusals.unknown_account(event)
  if (!meters.has(event.meter)) return refusals.unknown_meter(event)
  if (event.at < now - LATE_SECONDS) return refusals.too_old()
  if (event.at > now + EARLY_SECONDS) return refusals.in_future()
  return undefined
}

/** Every meter that the merchant's configuration names. */
function metersOf({ config: { policy } }: Hands): ReadonlySet<string> {
  const plans = Object.values(policy.plans ?? {})
  return new Set([
    ...Object.keys(policy.meters ?? {}),
    ...plans.flatMap(({ limits, rates }) => [...Object.keys(limits ?? {}), ...Object.keys(rates ?? {})]),
  ])
}

/** An event that was sent without its time was given one when it came, so that is not compared. */
function isSame(event: UsageEvent, before: UsageEvent | KnownEvent, dated: boolean): boolean {
  const fields = ['account', 'meter', 'quantity', 'apiKey', 'member'] as const
  return fields.every((field) => event[field] === before[field]) && (!dated || event.at === before.at)
}
