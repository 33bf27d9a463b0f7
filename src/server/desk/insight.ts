import type { Funnel, Insight, LeftPlace } from '#contract/desk-insight.ts'
import { DeclineGroupSchema } from '#contract/diagnosis.ts'
import { parseReason } from '#diagnosis/reason.ts'
import { countDeclines, countLeft, countStops, countUnsummed, sumPaid, type FunnelRow } from '#server/store/insight.ts'
import { readOnly } from '#server/store/read-only.ts'
import { looked } from './audit.ts'
import type { DeskContext, DeskHands } from './context.ts'

const DAY = 86_400
/** Who left less than an hour ago may still come back. */
const HOUR = 3_600

/** Deeds that go on by buying more, rather than paying what is owed. */
const buying: readonly string[] = ['choose-plan', 'change-plan', 'add-seats', 'buy-credits']

/** What came of the last try → where they left. */
const places: Readonly<Record<string, LeftPlace>> = {
  declined: 'declined',
  confirm: 'bank-check',
  confirming: 'bank-check',
  refused: 'refused',
  stale: 'changed',
  unknown: 'unclear',
  calling: 'unclear',
  processing: 'unclear',
}

/** From refusal to being served, of all accounts together. Our own rows; nobody is named. Throws ApiError not-allowed. */
export async function insight(
  hands: DeskHands,
  c: DeskContext,
  { days, app }: { days: number; app?: string | undefined },
): Promise<Insight> {
  const now = hands.now()
  const span = { since: Math.floor(now / DAY) * DAY - (days - 1) * DAY, until: now + 1, app }
  const told = { deed: 'read-insight', subject: app ?? 'all', detail: { days } } as const
  return looked(hands, c, told, async () => {
    const database = readOnly(hands.database)
    const [rows, declines, left, paid, unsummed] = await Promise.all([
      countStops(database, span),
      countDeclines(database, span),
      countLeft(database, span, now - HOUR),
      sumPaid(database, span),
      countUnsummed(database, span),
    ])
    const total = rows.find((row) => row.app === null && row.reason === null)
    const often = (a: FunnelRow, b: FunnelRow) => b.stops - a.stops
    const money = (ours: boolean) =>
      addUp(
        paid.filter(({ deed }) => buying.includes(deed) !== ours).map(({ amount, currency }) => ({ amount, currency })),
      )
    return {
      now,
      since: span.since,
      total: total ? funnelOf(total) : { stops: 0, opened: 0, tried: 0, fixed: 0, byItself: 0, returned: 0 },
      byReason: rows
        .toSorted(often)
        .flatMap((row) => (row.reason === null ? [] : [{ reason: parseReason(row.reason), ...funnelOf(row) }])),
      byApp: rows.toSorted(often).flatMap((row) => {
        if (row.app === null) return []
        const name = hands.config.apps.find(({ id }) => id === row.app)?.name ?? row.app
        return [{ app: row.app, name, ...funnelOf(row) }]
      }),
      declines: declines.flatMap(({ decline, ...counted }) => {
        const group = DeclineGroupSchema.safeParse(decline)
        return group.success ? [{ decline: group.data, ...counted }] : []
      }),
      left: left.map(({ kind, reason, stops }) => ({ at: placeOf(kind), reason: parseReason(reason), stops })),
      recovered: money(true),
      unsummed,
      bought: money(false),
    }
  })
}

/** Whatever a try ended with that mends something is done, as far as the portal is concerned. */
function placeOf(kind: string | null): LeftPlace {
  return kind === null ? 'reading' : (places[kind] ?? 'done')
}

function funnelOf({ stops, opened, tried, fixed, by_itself: byItself, returned, median, ninth }: FunnelRow): Funnel {
  const seconds = median !== null && ninth !== null ? { seconds: { median, ninth } } : {}
  return { stops, opened, tried, fixed, byItself, returned, ...seconds }
}

type Sum = { readonly amount: number; readonly currency: string }

function addUp(sums: readonly Sum[]): readonly Sum[] {
  const byCurrency = new Map<string, number>()
  for (const { amount, currency } of sums) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + amount)
  return [...byCurrency].map(([currency, amount]) => ({ amount, currency })).toSorted((a, b) => b.amount - a.amount)
}
