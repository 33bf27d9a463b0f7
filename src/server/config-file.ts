import { z } from 'zod'

const isWeb = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

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
  }),
  /** Days that a past-due subscription keeps its access. */
  graceDays: z.int().min(0).max(90).default(7),
  /** Names for prices, by Stripe's lookup key. */
  plans: z.record(z.string(), z.strictObject({ name: z.string().min(1).max(80) })).default({}),
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
