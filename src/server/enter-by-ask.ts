import type { ExchangeAnswer } from '#contract/visit.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Context } from 'hono'
import type { Hands } from './context.ts'
import { ASK_PREFIX } from './link-address.ts'
import { currentSession, startSession } from './session.ts'
import { findAccount } from './store/accounts.ts'
import { findAskByToken, openAsk, type AskRecord } from './store/asks.ts'
import { sha256 } from './token.ts'

/**
 * The way in by a colleague's letter: a known member, at a known address, after their own click. It opens once; who is
 * already in as that member needs no click and gets no new session.
 */
export async function enterByAsk(
  hands: Hands,
  c: Context,
  { ticket, accept }: { ticket: string; accept: boolean },
): Promise<ExchangeAnswer> {
  const { config, database, now } = hands
  const { merchant } = config
  const ask = await findAskByToken(database, sha256(ticket.slice(ASK_PREFIX.length)))
  const app = config.apps.find(({ id }) => id === ask?.app)
  const record = ask && (await findAccount(database, ask))
  const asked = record?.members.find(({ id }) => id === ask?.asked)
  if (!ask || !app || !record || !asked) return { kind: 'invalid', merchant }
  const named = { id: app.id, name: app.name, url: app.url }
  const session = await currentSession(hands, c)
  const isSameAccount = session?.app === ask.app && session.account === ask.account
  const isTheirs = isSameAccount && session.member === ask.asked
  if (ask.opened !== undefined) return isTheirs ? entered(ask) : { kind: 'used', merchant, app: named }
  if (ask.expires <= now()) return { kind: 'expired', merchant, app: named }
  if (isTheirs) {
    await openAsk(database, ask, now())
    return entered(ask)
  }
  const account = { id: record.account, label: record.label }
  if (!accept) {
    const from =
      session && !isSameAccount && session.role !== 'guest' ? await findAccount(database, session) : undefined
    if (from) return { kind: 'switch', merchant, from: { id: from.account, label: from.label }, account, app: named }
    const asker = record.members.find(({ id }) => id === ask.asker)
    return { kind: 'continue', merchant, account, app: named, ask: compact({ from: asker?.name, to: asked.name }) }
  }
  if (!(await openAsk(database, ask, now()))) return { kind: 'used', merchant, app: named }
  await startSession(hands, c, {
    app: ask.app,
    account: ask.account,
    member: asked.id,
    role: asked.role,
    how: 'letter',
  })
  return entered(ask)
}

function entered({ check }: AskRecord): ExchangeAnswer {
  return { kind: 'entered', ...compact({ check }) }
}
