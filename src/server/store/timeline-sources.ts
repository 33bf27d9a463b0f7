import type { TimelineKind } from '#contract/desk-timeline-entry.ts'

/**
 * Where one sort of entry comes from: a table with an index that begins with (app, account, `at`), read backwards from
 * where the last page ended. `id` tells apart what happened in one second. `data` is what is shown, as SQL for jsonb.
 */
export type Source = {
  readonly kind: TimelineKind
  readonly from: string
  readonly at: string
  readonly id: string
  readonly where?: string
  readonly data: string
  /** Where it is told apart by another instant than its own what is new: Stripe's news may come late. */
  readonly arrived?: string
}

const object = (columns: string) =>
  `jsonb_build_object(${columns
    .split(' ')
    .map((column) => `'${column}', ${column}`)
    .join(', ')})`

const checkData = object(
  'id reported actor refused reasons told feature meter quantity api_key audience seen mended resolved created returns',
)
const settled = (column: 'resolved' | 'cancelled' | 'returned'): Source => ({
  kind: 'checks',
  from: 'checks',
  at: column,
  id: 'id',
  where: `${column} is not null`,
  data: checkData,
})
const news = (kind: TimelineKind, name: string): Source => ({
  kind,
  from: 'stripe_news',
  at: 'at',
  id: 'id',
  where: `kind = '${name}'`,
  data: object('id type received about said'),
  arrived: 'received',
})
const asked = (column: 'created' | 'opened' | 'lifted'): Source => ({
  kind: 'links',
  from: 'asks',
  at: column,
  id: 'id',
  ...(column !== 'created' && { where: `${column} is not null` }),
  data: object('asker asked check_id'),
})
const link = (column: 'created' | 'opened' | 'used' | 'revoked'): Source => ({
  kind: 'links',
  from: 'guest_links',
  at: column,
  id: 'id',
  ...(column !== 'created' && { where: `${column} is not null` }),
  data: `jsonb_build_object('id', id, 'maker', maker, 'email', email, 'total', debt -> 'total')`,
})

/**
 * Everything that the timeline is made of. Of what happened in one second the upper comes first, so it stands below: a
 * refusal before the visit that it led to, and the fix before what Stripe and the app heard of it.
 */
export const sources = {
  refused: { kind: 'checks', from: 'checks', at: 'created', id: 'id', data: checkData },
  arrived: {
    kind: 'visits',
    from: 'visits',
    at: 'at',
    id: 'id',
    data: object('member role session how screen check_id'),
  },
  asked: asked('created'),
  'ask-opened': asked('opened'),
  'guest-made': link('created'),
  'guest-opened': link('opened'),
  fix: {
    kind: 'fixes',
    from: 'attempts',
    at: 'created',
    id: 'key',
    // What people typed into it stays where it is: only what was to be paid is read.
    data: `jsonb_build_object('deed', deed, 'phase', phase, 'outcome', outcome - 'clientSecret', 'said', said, 'card', card,
      'plan', request -> 'plan', 'limit', request -> 'limit', 'member', member, 'guest_link', guest_link,
      'check_id', check_id, 'updated', updated)`,
  },
  payment: news('payments', 'payment'),
  invoice: news('invoices', 'invoice'),
  subscription: news('subscriptions', 'subscription'),
  'stripe-other': news('webhooks-in', 'other'),
  threshold: {
    kind: 'usage',
    from: 'usage_thresholds',
    at: 'told',
    id: `meter || ' ' || period || ' ' || threshold`,
    data: object('meter period threshold'),
  },
  credits: {
    kind: 'usage',
    from: 'credit_entries',
    at: 'booked',
    id: `lpad(seq::text, 15, '0')`,
    where: `kind <> 'usage'`,
    data: `jsonb_build_object('kind', kind, 'amount', amount::text, 'pack', pack, 'invoice', invoice, 'expires', expires)`,
  },
  letter: {
    kind: 'letters',
    from: 'mails',
    at: 'created',
    id: 'id',
    data: object('id purpose subject_id recipient state tries error'),
  },
  'guest-used': link('used'),
  'guest-revoked': link('revoked'),
  cancelled: settled('cancelled'),
  resolved: settled('resolved'),
  'ask-lifted': asked('lifted'),
  told: {
    kind: 'webhooks-out',
    from: 'app_events',
    at: 'created',
    id: 'id',
    data: object('id body state tries due error'),
  },
  returned: settled('returned'),
  staff: {
    kind: 'staff',
    from: 'staff_audit',
    at: 'at',
    id: 'id',
    where: `deed <> 'read-timeline'`,
    data: object('id deed name role subject reason detail'),
  },
} as const satisfies Readonly<Record<string, Source>>

export type SourceName = keyof typeof sources
export const sourceNames = Object.keys(sources) as readonly SourceName[]

/** All that Stripe tells came in by webhook, whatever it is about. */
export function sourcesOf(kinds: readonly TimelineKind[] | undefined): readonly SourceName[] {
  if (kinds === undefined) return sourceNames
  return sourceNames.filter((name) => {
    const source: Source = sources[name]
    return kinds.includes(source.kind) || (kinds.includes('webhooks-in') && source.from === 'stripe_news')
  })
}
