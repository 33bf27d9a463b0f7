import { members } from './members.ts'

type Reporter = { readonly portal: string; readonly key: string }

/** Tells the portal what an account has used by now: `POST /v1/usage`. Throws when it does not count all of it. */
export async function reportUsage(
  reporter: Reporter,
  account: string,
  used: Readonly<Record<string, number>>,
): Promise<void> {
  await report(
    reporter,
    Object.entries(used).map(([meter, quantity]) => ({ account, meter, quantity })),
  )
}

const DAY = 86_400
/** The portal takes no report that is older than 35 days. */
const DAYS = 34
const KEYS = 12
const BATCH = 1_000

/**
 * A month of use, busy on weekdays and calm at weekends: `daily` is what an ordinary day takes of each meter. By a dozen keys
 * of the app's API, and by all members.
 */
export async function reportMonth(
  reporter: Reporter & { readonly now: number },
  account: string,
  daily: Readonly<Record<string, number>>,
): Promise<void> {
  const events = Object.entries(daily).flatMap(([meter, ordinary]) =>
    Array.from({ length: DAYS }, (_, ago) => {
      const at = reporter.now - ago * DAY - 60
      const weekday = new Date(at * 1_000).getUTCDay()
      const busy = (weekday === 0 || weekday === 6 ? 0.4 : 1.15) * (1 + 0.2 * Math.sin(ago * 2.3))
      return Array.from({ length: KEYS }, (__, key) => ({
        account,
        meter,
        at,
        quantity: Math.round((ordinary * busy * 2 * (KEYS - key)) / (KEYS * (KEYS + 1))),
        api_key: `maps_${key + 1}`,
        member: members[(key + ago) % members.length]?.id,
      }))
    }).flat(),
  )
  for (let from = 0; from < events.length; from += BATCH) await report(reporter, events.slice(from, from + BATCH))
}

async function report({ portal, key }: Reporter, said: readonly object[]): Promise<void> {
  const events = said.map((event) => ({ id: crypto.randomUUID(), ...event }))
  const response = await fetch(new URL('/v1/usage', portal), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  })
  const answer = await response.text()
  const counted = response.ok && (JSON.parse(answer) as { accepted: number }).accepted === events.length
  if (!counted) throw new Error(`the portal did not count all usage: ${response.status} ${answer}`)
}
