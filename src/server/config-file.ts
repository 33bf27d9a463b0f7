import { LookupKeySchema } from '#contract/offer.ts'
import { StaffRoleSchema } from '#contract/staff.ts'
import { detailFields } from '#diagnosis/account.ts'
import { z } from 'zod'

const isWeb = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/** Whether plain http may be used is decided where the portal's own address is known. */
function isWebhook(text: string): boolean {
  const { username, password, hash } = isWeb(text) ? new URL(text) : { username: '?', password: '', hash: '' }
  return username === '' && password === '' && hash === ''
}

/** Exactly scheme, host and port, as a browser says it in `Origin`. */
export const OriginSchema = z
  .string()
  .refine(
    (text) => isWeb(text) && new URL(text).origin === text,
    'only scheme, host and port, such as https://app.example.com',
  )

const AppSchema = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/, 'letters, digits, _ and -'),
  /** Shown to customers: "from Maps API". */
  name: z.string().min(1).max(80),
  /** Where people are sent when nothing better is known. */
  url: z.string().refine(isWeb, 'an https: address'),
  /** `sha256:<hex>` of an API key; in the sandbox a test key may stand here itself. Two while one is being changed. */
  keys: z
    .array(z.string().regex(/^(sha256:[0-9a-f]{64}|fix402_test_\w{4,})$/, 'sha256:<64 hex digits>'))
    .min(1)
    .max(4),
  /** Origins on which the app takes its customers back; the one of `url` always counts. */
  origins: z.array(OriginSchema).default([]),
  /** Where the app is told at once what has changed. */
  webhook: z
    .strictObject({ url: z.string().max(2_048).refine(isWebhook, 'an https: address without user, password or #') })
    .exactOptional(),
  /** Where an account's people are managed: in the app, which tells the portal; or by the account's owners, here. */
  people: z.enum(['app', 'portal']).default('app'),
  /** Where people are managed in the app. */
  peopleUrl: z.string().refine(isWeb, 'an https: address').exactOptional(),
})

const IdSchema = z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits, _, - and .')
const NameSchema = z.string().min(1).max(80)
const MoneySchema = z.strictObject({
  amount: z.int().min(0),
  currency: z.string().regex(/^[a-z]{3}$/, 'an ISO 4217 code in lower case'),
})

const PlanSchema = z.strictObject({
  name: NameSchema,
  /** Ids of what it opens, as the app asks for them. */
  features: z.array(IdSchema).default([]),
  /** Units included in each period, by meter. A soft limit warns and does not refuse. */
  limits: z.record(IdSchema, z.strictObject({ included: z.int().min(0), hard: z.boolean().default(true) })).default({}),
  /** How many people may use it; `quantity` where every unit bought is a seat. */
  seats: z.union([z.int().min(1), z.literal('quantity')]).exactOptional(),
  /** At most `limit` requests in each window of `seconds`, by meter. */
  rates: z.record(IdSchema, z.strictObject({ limit: z.int().min(1), seconds: z.int().min(1).max(86_400) })).default({}),
  /** Customers may choose it themselves. */
  offered: z.boolean().default(false),
})

/** Percent. Also of meters that only plans name. */
export const usualThresholds = [80, 100]

const MeterSchema = z.strictObject({
  name: NameSchema,
  /** In the plural: requests, minutes. */
  unit: NameSchema,
  /** What `per` units cost beyond what a plan includes. */
  price: MoneySchema.extend({ per: z.int().min(1).default(1) }).exactOptional(),
  /** How many credits one unit beyond what a plan includes draws. */
  credits: z.number().positive().exactOptional(),
  /** Percent of what the plans include at which the app is told. */
  thresholds: z.array(z.number().positive().max(1_000)).max(10).default(usualThresholds),
  /** The `event_name` of the Stripe meter to which reports are passed on. */
  stripeMeter: z.string().min(1).max(100).exactOptional(),
})

const CreditsSchema = z.strictObject({
  /** What can be bought, by the lookup key of its one-off price at Stripe. */
  packs: z.record(LookupKeySchema, z.strictObject({ name: NameSchema, credits: z.int().min(1) })),
  /** Days after which bought credits are worth nothing; never, where it is left out. */
  expireDays: z.int().min(1).exactOptional(),
  /** Customers may have credits buy themselves. */
  autoRecharge: z.boolean().default(false),
  /** Credits alone give access; no subscription is needed. */
  prepaid: z.boolean().default(false),
})

const SpendCapSchema = z.strictObject({
  /** What a new account may spend in a period beyond its plans; customers change it. */
  initial: MoneySchema,
  /** What customers may raise it to, in the same currency. */
  most: z.int().min(0).exactOptional(),
})

/** What support staff may do at the desk. */
const DeskSchema = z.strictObject({
  /** Group at the identity provider → role here. Whoever is in none of them is not let in. */
  roles: z.record(z.string().min(1), StaffRoleSchema).default({}),
  /** The claim in which the provider names a person's groups. */
  groupsClaim: z.string().min(1).max(100).default('groups'),
  /** What may be given away to one account within 30 days, at most; nothing, where it is left out. */
  goodwill: z
    .strictObject({ credits: z.int().min(1).exactOptional(), money: MoneySchema.exactOptional() })
    .exactOptional(),
  /** Up to how many days from now grace may be extended. */
  graceDays: z.int().min(0).max(90).default(14),
})

/** What `fix402.config.ts` says: the merchant's decisions. Secrets come from the environment. */
export const ConfigFileSchema = z.strictObject({
  merchant: z.strictObject({
    name: z.string().min(1).max(80),
    /** Where people get help: an https: page or a mailto: address. */
    supportUrl: z
      .url()
      .refine((text) => /^(https?|mailto):/.test(text), 'an https: or mailto: address')
      .exactOptional(),
    /** Where customers see whether everything runs. */
    statusUrl: z.url().refine(isWeb, 'an https: address').exactOptional(),
  }),
  /** Days that a past-due subscription keeps its access. */
  graceDays: z.int().min(0).max(90).default(7),
  /** Whether members who may not pay see amounts and cards. */
  showAmountsToMembers: z.boolean().default(false),
  /** Plans, by the lookup key of their price at Stripe. */
  plans: z.record(LookupKeySchema, PlanSchema).default({}),
  /** What is counted, by the id under which the app reports it. */
  meters: z.record(IdSchema, MeterSchema).default({}),
  credits: CreditsSchema.exactOptional(),
  spendCap: SpendCapSchema.exactOptional(),
  /** Nobody is served without these. */
  requiredDetails: z.array(z.enum(detailFields)).default([]),
  /** A contested charge puts the account on hold until the bank has decided. */
  holdOnDispute: z.boolean().default(false),
  /** What an ended subscription still owes is paid before a new one begins. */
  settleBeforeRenewing: z.boolean().default(false),
  /** Customers may pause a subscription themselves; while it is paused it gives nothing and costs nothing. */
  allowPause: z.boolean().default(false),
  desk: DeskSchema.prefault({}),
  apps: z
    .array(AppSchema)
    .min(1)
    .refine((apps) => allDiffer(apps.map(({ id }) => id)), 'app ids must differ')
    .refine((apps) => allDiffer(apps.flatMap(({ keys }) => keys)), 'every key belongs to one app'),
})

function allDiffer(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length
}

export type ConfigFile = z.input<typeof ConfigFileSchema>
export type ConfigRead = z.output<typeof ConfigFileSchema>
