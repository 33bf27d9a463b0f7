import type { Hands } from '#server/context.ts'
import { CSV_MARK, csvLine } from '#server/csv.ts'
import { ApiError } from '#server/errors.ts'
import type { AccountRecord } from '#server/store/accounts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { findDaysOfAll } from '#server/store/usage-days.ts'
import { findReportedMeters } from '#server/store/usage.ts'
import { meterUsages } from './meters.ts'

const DAY_MS = 86_400_000
/** A year and a month. */
const MOST_DAYS = 400
/** So many days are read at once. */
const STEP = 31

/**
 * A table of days and meters, line by line as it is read. `from` and `until` are dates (UTC), both included. A meter that
 * was never reported has empty cells; a day without a report of one that was has 0. Throws ApiError not-found,
 * invalid-request.
 */
export async function usageTable(
  hands: Hands,
  session: SessionRecord,
  { from, until }: { from: string; until: string },
): Promise<AsyncIterable<string>> {
  const [first, last] = [from, until].map((date) => Date.parse(date) / DAY_MS) as [number, number]
  if (last < first || last - first >= MOST_DAYS) {
    throw new ApiError('invalid-request', `until: from the first day on, and at most ${MOST_DAYS} days`)
  }
  const reading = await hands.airlock.read(session, { fresh: false })
  if (!reading) throw new ApiError('not-found')
  const meters = await meterUsages(hands, reading, { money: false })
  const reported = await findReportedMeters(hands.database, reading.record)
  return linesOf(hands, reading.record, {
    first,
    end: last + 1,
    meters: meters.map(({ id, name, unit }) => ({
      id,
      known: reported.has(id),
      title: unit === '' ? name : `${name} (${unit})`,
    })),
  })
}

type Table = {
  readonly first: number
  readonly end: number
  readonly meters: readonly { readonly id: string; readonly known: boolean; readonly title: string }[]
}

async function* linesOf({ database }: Hands, record: AccountRecord, { first, end, meters }: Table) {
  yield CSV_MARK + csvLine(['Date (UTC)', ...meters.map(({ title }) => title)])
  for (let from = first; from < end; from += STEP) {
    const until = Math.min(end, from + STEP)
    const found = await findDaysOfAll(database, record, { from, until })
    const used = new Map(found.map(({ meter, day, used }) => [`${day} ${meter}`, used]))
    for (let day = from; day < until; day += 1) {
      const date = new Date(day * DAY_MS).toISOString().slice(0, 10)
      yield csvLine([date, ...meters.map(({ id, known }) => used.get(`${day} ${id}`) ?? (known ? 0 : undefined))])
    }
  }
}
