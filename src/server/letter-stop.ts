import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { App, Config } from './config.ts'

/** Whose letters about usage. */
export type LetterReader = { readonly app: string; readonly account: string; readonly member: string }

const ReaderSchema = z.tuple([z.string(), z.string(), z.string()])

/**
 * The address in a letter by which its reader stops more of them without signing in (RFC 8058). It opens nothing else and
 * does not end, so it is kept nowhere: whoever holds the app's key makes it again.
 */
export function letterStopAddress(origin: string, app: App, { account, member }: Omit<LetterReader, 'app'>): string {
  const about = Buffer.from(JSON.stringify([app.id, account, member])).toString('base64url')
  return `${origin}/letters?stop=${about}.${macs(app, about)[0]?.toString('base64url')}`
}

/** Undefined for one that we did not make. */
export function readLetterStop({ apps }: Pick<Config, 'apps'>, token: string): LetterReader | undefined {
  const [about = '', mac = ''] = token.split('.')
  const parsed = ReaderSchema.safeParse(parse(Buffer.from(about, 'base64url').toString()))
  if (!parsed.success) return undefined
  const [id, account, member] = parsed.data
  const app = apps.find((one) => one.id === id)
  const given = Buffer.from(mac, 'base64url')
  const isOurs = app && macs(app, about).some((own) => own.length === given.length && timingSafeEqual(own, given))
  return isOurs ? { app: id, account, member } : undefined
}

function macs(app: App, about: string): readonly Buffer[] {
  return app.keyDigests.map((digest) =>
    createHmac('sha256', Buffer.from(digest, 'hex')).update(`fix402 letter-stop ${about}`).digest(),
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
