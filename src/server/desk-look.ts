// `npm run desk:look -- <app> <account> --reason "…" [--check chk_…]`: why an account gets a 402, as JSON, while nobody can sign
// in at the desk. For whoever is on the server; it leaves its row in the audit. There is no address for it.
import { hostname, userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { z } from 'zod'
import { IdSchema } from '#contract/account.ts'
import { CheckIdSchema } from '#contract/check.ts'
import { StaffReasonSchema } from '#contract/staff.ts'
import { createAirlock } from './account.ts'
import { ConfigError, loadConfig } from './config.ts'
import { breakGlass } from './desk/break-glass.ts'
import { ApiError } from './errors.ts'
import { openDatabase } from './open-portal.ts'
import { DatabaseError } from './store/database.ts'
import { FolderInUse } from './store/folder-lock.ts'
import { createStripe } from './stripe/client.ts'

const USAGE = 'npm run desk:look -- <app> <account> --reason "why you look, at least three letters" [--check chk_…]'

const AskedSchema = z.object({
  app: IdSchema,
  account: IdSchema,
  reason: StaffReasonSchema,
  check: CheckIdSchema.exactOptional(),
})

process.env['STRIPE_SUPPRESS_NOTICES'] = 'true'
process.exitCode = await look(process.argv.slice(2))

async function look(args: string[]): Promise<number> {
  const asked = read(args)
  if (!asked) return stopWith(USAGE)
  const { app, account, check, reason } = asked
  try {
    const config = await loadConfig(process.env)
    const log = pino({ name: 'fix402', level: config.logLevel }, pino.destination({ dest: 2, sync: true }))
    const database = await openDatabase(config, log)
    try {
      const stripe = createStripe(config.stripe.key, config.stripe.apiBase)
      const parts = { config, database, stripe, log, now: () => Math.floor(Date.now() / 1_000) }
      // Whoever is told of a reading is told by the portal's own next one.
      const hands = { ...parts, airlock: createAirlock(parts, async () => {}) }
      const breaker = { user: userInfo().username, host: hostname(), reason }
      const answer = await breakGlass(hands, { app, account }, check, breaker)
      process.stdout.write(`${JSON.stringify(answer, undefined, 2)}\n`)
      return 0
    } finally {
      await database.close()
    }
  } catch (error) {
    if (error instanceof ApiError) return stopWith(`${app} ${account}: ${error.code}`)
    if (error instanceof ConfigError || error instanceof FolderInUse || error instanceof DatabaseError)
      return stopWith(error.message)
    throw error
  }
}

function read(args: string[]) {
  try {
    const options = { reason: { type: 'string' }, check: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const [app, account] = positionals
    return AskedSchema.safeParse({ ...values, app, account }).data
  } catch {
    return undefined
  }
}

function stopWith(line: string): number {
  process.stderr.write(`${line}\n`)
  return 1
}
