import { createHmac } from 'node:crypto'
import type { DeskSearch, SearchMatch } from '#contract/desk-search.ts'
import type { StaffRole } from '#contract/staff.ts'
import {
  findByAccountId,
  findByCard,
  findByCustomers,
  findByEmail,
  findByEvent,
  findByMark,
  type Found,
} from '#server/store/account-search.ts'
import { findCheckById, type CheckRecord } from '#server/store/checks.ts'
import { findCheckByCode } from '#server/store/codes.ts'
import { findAccount } from '#server/store/accounts.ts'
import { cardMark } from '#server/store/saved-cards.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { customerOf, customersByEmail, customersByInvoiceNumber } from '#server/stripe/find-customer.ts'
import type { DeskConfig } from './config.ts'
import type { DeskHands } from './context.ts'
import { personFor } from './mask.ts'
import { isWholeCard, kindOf, understand, type Asked } from './query.ts'

/** Accounts that one search tells. */
const AT_MOST = 10
const LIMIT = AT_MOST + 1

/** What was found, and what Stripe had to do with it. */
type Haul = {
  readonly found: readonly (Found & { readonly check?: string })[]
  readonly stripe: DeskSearch['stripe']
  readonly customers?: readonly string[]
}

/** What is written down of a search: as what it was understood, and a mark by which the same search is known again. */
export function searchMark(
  { clientSecret }: DeskConfig,
  query: string,
): { subject: string; detail: { mark?: string } } {
  if (isWholeCard(query)) return { subject: 'whole-card', detail: {} }
  const [first] = understand(query)
  const mark = createHmac('sha256', clientSecret).update(`search ${query.trim().toLowerCase()}`).digest('hex')
  return { subject: first ? kindOf(first) : 'nothing', detail: { mark } }
}

/** The accounts that are meant, exactly. */
export async function search(hands: DeskHands, role: StaffRole, query: string): Promise<DeskSearch> {
  const wholeCard = isWholeCard(query)
  const asked = wholeCard ? [] : understand(query)
  const hauls: Haul[] = []
  for (const one of asked) {
    const haul = await fetch(hands, one)
    if (haul.found.length > 0) return answer(hands, role, [one], [haul])
    hauls.push(haul)
  }
  return { ...answer(hands, role, asked, hauls), wholeCard }
}

function answer(hands: DeskHands, role: StaffRole, asked: readonly Asked[], hauls: readonly Haul[]): DeskSearch {
  const found = hauls.flatMap((haul) => haul.found)
  const [stripe = 'not-needed'] = (['silent', 'no-search', 'asked'] as const).filter((how) =>
    hauls.some((haul) => haul.stripe === how),
  )
  const matches = once(found.flatMap((one) => matchOf(hands, role, one)))
  const customer = hauls.flatMap((haul) => haul.customers ?? [])[0]
  return {
    kinds: [...new Set(asked.map(kindOf))],
    matches: matches.slice(0, AT_MOST),
    more: matches.length > AT_MOST,
    stripe,
    ...(matches.length === 0 && customer !== undefined && { customer }),
    wholeCard: false,
  }
}

function matchOf({ config }: DeskHands, role: StaffRole, found: Haul['found'][number]): readonly SearchMatch[] {
  const app = config.apps.find(({ id }) => id === found.app)
  if (!app) return []
  const { account, label, member, check } = found
  return [
    {
      app: { id: app.id, name: app.name },
      account: { id: account, label },
      ...(check !== undefined && { check }),
      ...(member && { person: personFor(role, member) }),
    },
  ]
}

/** An account is told once, however many of its people or customers fit. */
function once(matches: readonly SearchMatch[]): readonly SearchMatch[] {
  return [
    ...new Map(matches.toReversed().map((match) => [`${match.app.id} ${match.account.id}`, match])).values(),
  ].toReversed()
}

async function fetch(hands: DeskHands, asked: Asked): Promise<Haul> {
  const { database, now } = hands
  const bounds = { apps: hands.config.apps.map(({ id }) => id), limit: LIMIT }
  switch (asked.kind) {
    case 'code':
      return ofCheck(hands, await findCheckByCode(database, asked.value, now()))
    case 'check':
      return ofCheck(hands, await findCheckById(database, asked.value))
    case 'account':
      return { found: await findByAccountId(database, asked.value, bounds), stripe: 'not-needed' }
    case 'customer':
      return {
        found: await findByCustomers(database, [asked.value], bounds),
        stripe: 'not-needed',
      }
    case 'told':
      return { found: await findByEvent(database, asked.value, bounds), stripe: 'not-needed' }
    case 'card':
      return { found: await findByCard(database, cardMark(asked), bounds), stripe: 'not-needed' }
    case 'email': {
      const own = await findByEmail(database, asked.value, bounds)
      return withStripe(hands, own, () => customersByEmail(hands.stripe, asked.value, LIMIT))
    }
    case 'invoice-number': {
      const own = await findByMark(database, asked.value.toLowerCase(), bounds)
      return withStripe(hands, own, () => customersByInvoiceNumber(hands.stripe, asked.value, LIMIT))
    }
    case 'owned': {
      const own = await findByMark(database, asked.value, bounds)
      // An id is one customer's: whoever is known to have it needs no second word.
      if (own.length > 0) return { found: own, stripe: 'not-needed' }
      return withStripe(hands, own, async () => {
        const customer = await customerOf(hands.stripe, asked.prefix, asked.value)
        return customer === undefined ? [] : [customer]
      })
    }
  }
}

/** Ours first; a silent Stripe takes nothing away from it. */
async function withStripe(
  { database, config }: DeskHands,
  own: readonly Found[],
  ask: () => Promise<readonly string[] | 'unavailable'>,
): Promise<Haul> {
  try {
    const customers = await ask()
    if (customers === 'unavailable') return { found: own, stripe: 'no-search' }
    const bounds = { apps: config.apps.map(({ id }) => id), limit: LIMIT }
    const theirs = customers.length === 0 ? [] : await findByCustomers(database, customers, bounds)
    return { found: [...own, ...theirs], stripe: 'asked', customers }
  } catch (error) {
    if (!(error instanceof StripeUnreachable)) throw error
    return { found: own, stripe: 'silent' }
  }
}

async function ofCheck({ database }: DeskHands, check: CheckRecord | undefined): Promise<Haul> {
  const record = check && (await findAccount(database, check))
  if (!check || !record) return { found: [], stripe: 'not-needed' }
  const { app, account, label } = record
  return { found: [{ app, account, label, check: check.id }], stripe: 'not-needed' }
}
