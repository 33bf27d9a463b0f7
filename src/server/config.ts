import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { Policy } from '#diagnosis/policy.ts'
import { ConfigFileSchema, OriginSchema, type ConfigRead } from './config-file.ts'
import { deskOf, type DeskConfig } from './desk/config.ts'
import { faultOf, isLocal, webhookRules, type WebhookRules } from './outbox/webhook-rules.ts'

export type App = {
  readonly id: string
  readonly name: string
  readonly url: string
  /** SHA-256 of each API key, hex. */
  readonly keyDigests: readonly string[]
  readonly origins: readonly string[]
  /** Where it is told what has changed. */
  readonly webhook?: { readonly url: string }
  /** Who has the last word about an account's people: the app, or (`portal`) its owners, here. */
  readonly people?: 'app' | 'portal'
  /** Where people are managed in the app. */
  readonly peopleUrl?: string
}

export type Config = {
  readonly port: number
  /** The portal's own origin, the base of every link. */
  readonly origin: string
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  readonly logLevel: string
  /** How many proxies of our own stand before the portal; 0: callers reach it themselves. */
  readonly trustedProxies: number
  readonly stripe: {
    readonly key: string
    readonly publishableKey: string
    readonly webhookSecrets: readonly string[]
    readonly apiBase: string
    /** Where the browser gets Stripe.js. */
    readonly script: string
    readonly sandbox: boolean
  }
  /** Where letters are handed in, and from whom they come; without it nothing is sent. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined
  /** Whether members who may not pay see amounts and cards. */
  readonly showAmountsToMembers: boolean
  readonly merchant: { readonly name: string; readonly supportUrl?: string; readonly statusUrl?: string }
  readonly policy: Policy
  readonly plans: ConfigRead['plans']
  readonly credits: ConfigRead['credits']
  readonly spendCap: ConfigRead['spendCap']
  readonly apps: readonly App[]
  /** What apps are told, and what Stripe is, of the merchant's meters. */
  readonly meters: ConfigRead['meters']
  readonly webhooks: WebhookRules
  /** The support desk; there is none without somebody to sign staff in. */
  readonly desk: DeskConfig | undefined
}

/** One line that says which value is wrong and what it should be. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const STRIPE_API = 'https://api.stripe.com'
const STRIPE_SCRIPT = 'https://js.stripe.com/endive/stripe.js'
const SANDBOX_KEYS = { key: 'sk_test_fix402sandbox', publishableKey: 'pk_test_fix402sandbox' }

const EnvironmentSchema = z.object({
  PORT: z.coerce.number('a port number').int().min(1).max(65_526).default(4020),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a postgres:// address')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  PORTAL_ORIGIN: OriginSchema.optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, 'a key such as sk_test_… or rk_live_…')
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_\w+$/, 'a key such as pk_test_…')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w+(,whsec_\w+)*$/, 'whsec_…, or two of them separated by a comma')
    .optional(),
  STRIPE_API_BASE: OriginSchema.optional(),
  SMTP_URL: z
    .string()
    .refine(
      (text) => /^smtps?:\/\/[^/]+\/?$/.test(text) && URL.canParse(text) && new URL(text).hostname !== '',
      'an address such as smtps://user:password@mail.example.com:465',
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>\p{Cc}]+ <)?[^\s<>@"]+@[^\s<>@"]+>?$/u, 'billing@example.com, or Example <billing@example.com>')
    .refine(
      (text) => text.includes('<') === text.endsWith('>'),
      'billing@example.com, or Example <billing@example.com>',
    )
    .optional(),
  DESK_ORIGIN: OriginSchema.optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'an https: address' }).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  FIX402_CONFIG: z.string().default('fix402.config.ts'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
  TRUSTED_PROXIES: z.coerce.number('how many proxies stand before the portal').int().min(0).max(10).default(0),
  NODE_ENV: z.string().optional(),
  ALLOW_EMBEDDED_DB: z.string().optional(),
  WEBHOOK_ALLOW_PRIVATE: z.literal('1', '1, or nothing').optional(),
})
type Environment = z.infer<typeof EnvironmentSchema>

/** Reads the environment and the configuration file. Throws ConfigError. */
export async function loadConfig(environment: Record<string, string | undefined>): Promise<Config> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const env = check(EnvironmentSchema, given, (path) => path)
  const path = resolve(env.FIX402_CONFIG)
  if (!existsSync(path)) throw new ConfigError(`FIX402_CONFIG: there is no file ${env.FIX402_CONFIG}`)
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href).catch((error: unknown) => {
    throw new ConfigError(`${env.FIX402_CONFIG}: ${error instanceof Error ? error.message : 'cannot be read'}`)
  })) as { default?: unknown }
  return combine(env, module.default, env.FIX402_CONFIG)
}

function combine(env: Environment, fileContent: unknown, fileName: string): Config {
  const file = check(ConfigFileSchema, fileContent, (path) => `${fileName}: ${path}`)
  const origin = originOf(env)
  const stripe = stripeOf(env)
  const live = stripe.key.includes('_live_')
  if (live && !origin.startsWith('https://')) throw new ConfigError('PORTAL_ORIGIN: live payments need https')
  if (env.NODE_ENV === 'production' && !env.DATABASE_URL && env.ALLOW_EMBEDDED_DB !== '1') {
    throw new ConfigError(
      'DATABASE_URL: missing; the embedded database is not for production (ALLOW_EMBEDDED_DB=1 to use it)',
    )
  }
  const webhooks = webhookRules(origin, env.WEBHOOK_ALLOW_PRIVATE === '1')
  for (const { id, webhook } of file.apps) {
    const fault = webhook && faultOf(webhook.url, webhooks)
    if (fault !== undefined) throw new ConfigError(`${fileName}: apps.${id}.webhook.url: ${fault}`)
  }
  const desk = deskOf(env, file, { origin, sandbox: stripe.sandbox })
  if (desk && 'fault' in desk) throw new ConfigError(desk.fault)
  return {
    port: env.PORT,
    origin,
    databaseUrl: env.DATABASE_URL,
    dataDir: resolve(env.DATA_DIR),
    logLevel: env.LOG_LEVEL,
    trustedProxies: env.TRUSTED_PROXIES,
    stripe,
    mail: mailOf(env, file.merchant.name),
    showAmountsToMembers: file.showAmountsToMembers,
    merchant: file.merchant,
    policy: policyOf(file),
    plans: file.plans,
    credits: file.credits,
    spendCap: file.spendCap,
    meters: file.meters,
    webhooks,
    desk,
    apps: file.apps.map(({ keys, origins, ...app }) => ({
      ...app,
      keyDigests: keys.map((key) => digestOf(key, live, `${fileName}: apps.${app.id}.keys`)),
      origins: [...new Set([new URL(app.url).origin, ...origins])],
    })),
  }
}

/** What the diagnosis needs of the merchant's decisions. */
export function policyOf(file: ConfigRead): Policy {
  const { graceDays, plans, meters, requiredDetails, holdOnDispute, settleBeforeRenewing, allowPause, credits } = file
  return {
    graceDays,
    plans,
    meters,
    requiredDetails,
    holdOnDispute,
    settleBeforeRenewing,
    allowPause,
    prepaid: credits?.prepaid ?? false,
  }
}

function originOf({ PORTAL_ORIGIN, PORT }: Environment): string {
  const origin = PORTAL_ORIGIN ?? `http://localhost:${PORT}`
  if (!origin.startsWith('https:') && !isLocal(origin)) {
    throw new ConfigError('PORTAL_ORIGIN: must be https, except on localhost')
  }
  return origin
}

/** Without a key the built-in sandbox stands in for Stripe, one port above ours. */
function stripeOf(env: Environment): Config['stripe'] {
  const webhookSecrets = env.STRIPE_WEBHOOK_SECRET?.split(',') ?? []
  if (!env.STRIPE_SECRET_KEY) {
    const apiBase = env.STRIPE_API_BASE ?? `http://localhost:${env.PORT + 1}`
    return { ...SANDBOX_KEYS, webhookSecrets, apiBase, script: `${apiBase}/endive/stripe.js`, sandbox: true }
  }
  const { STRIPE_SECRET_KEY: key, STRIPE_PUBLISHABLE_KEY: publishableKey } = env
  if (!publishableKey) throw new ConfigError('STRIPE_PUBLISHABLE_KEY: missing; it belongs to STRIPE_SECRET_KEY')
  if (webhookSecrets.length === 0)
    throw new ConfigError('STRIPE_WEBHOOK_SECRET: missing; Stripe shows it beside the webhook endpoint')
  if (key.includes('_live_') !== publishableKey.includes('_live_')) {
    throw new ConfigError('STRIPE_PUBLISHABLE_KEY: one key is live and the other is for testing')
  }
  const apiBase = env.STRIPE_API_BASE ?? STRIPE_API
  const real = apiBase === STRIPE_API
  if (!real && key.includes('_live_')) throw new ConfigError('STRIPE_API_BASE: a live key goes to Stripe only')
  return {
    key,
    publishableKey,
    webhookSecrets,
    apiBase,
    script: real ? STRIPE_SCRIPT : `${apiBase}/endive/stripe.js`,
    sandbox: !real,
  }
}

/** Beside the built-in sandbox stands its mailbox, three ports above ours. */
function mailOf(env: Environment, merchant: string): Config['mail'] {
  if (env.SMTP_URL) {
    if (!env.MAIL_FROM) throw new ConfigError('MAIL_FROM: missing; the sender of what goes out by SMTP_URL')
    return { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM }
  }
  if (env.STRIPE_SECRET_KEY) return undefined
  const from = env.MAIL_FROM ?? `${merchant.replaceAll(/[<>\p{Cc}]/gu, ' ')} <billing@fix402.example>`
  return { smtpUrl: `smtp://localhost:${env.PORT + 3}`, from }
}

function digestOf(key: string, live: boolean, where: string): string {
  if (key.startsWith('sha256:')) return key.slice('sha256:'.length)
  if (live) throw new ConfigError(`${where}: a test key cannot open live payments; write sha256:<hex> of a secret key`)
  return createHash('sha256').update(key).digest('hex')
}

function check<T>(schema: z.ZodType<T>, value: unknown, name: (path: string) => string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue?.path.map(String).join('.') || 'default export'
  throw new ConfigError(`${name(path)}: ${issue?.message ?? 'is not valid'}`)
}
