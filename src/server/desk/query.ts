import { IdSchema } from '#contract/account.ts'
import type { SearchKind } from '#contract/desk-search.ts'
import { EventIdSchema } from '#contract/event.ts'
import { readCode } from '#server/store/codes.ts'
import { ownedPrefixes, type OwnedPrefix } from '#server/stripe/find-customer.ts'
import { z } from 'zod'

/** One way to understand what was typed. */
export type Asked =
  | { readonly kind: 'code' | 'check' | 'email' | 'account' | 'customer' | 'invoice-number'; readonly value: string }
  | { readonly kind: 'told'; readonly value: string }
  | { readonly kind: 'owned'; readonly prefix: OwnedPrefix; readonly value: string }
  | { readonly kind: 'card'; readonly last4: string; readonly month: number; readonly year: number }

const ownedKinds = {
  sub: 'subscription',
  si: 'subscription-item',
  in: 'invoice',
  pi: 'payment',
  ch: 'charge',
  py: 'charge',
  pm: 'method',
  evt: 'event',
} as const satisfies Record<OwnedPrefix, SearchKind>

export function kindOf(asked: Asked): SearchKind {
  if (asked.kind === 'owned') return ownedKinds[asked.prefix]
  return asked.kind === 'told' ? 'event' : asked.kind
}

/** Numbers as Stripe and merchants write them; nothing that means something to a search. */
const NUMBER = /^[\p{L}\p{N}][\p{L}\p{N}_.#/-]{1,60}$/u
const OWNED = new RegExp(`\\b(${ownedPrefixes.join('|')})_[A-Za-z0-9]{4,255}\\b`)
/** Last four digits, then month and year. */
const CARD = /^\D{0,12}(\d{4})[\s,]+(?:exp\.?\s*)?(0?[1-9]|1[0-2])\s*[/-]\s*(\d{4}|\d{2})$/i

/** Whether a whole card number was typed: 13 to 19 digits, grouped or not, with their check digit (ISO/IEC 7812-1). */
export function isWholeCard(text: string): boolean {
  return [...text.matchAll(/\d[\d -]{11,40}/g)].some(([run]) => {
    const groups = run.split(/[ -]+/)
    return groups.some((_, start) =>
      groups.slice(start).some((_, count) => passesLuhn(groups.slice(start, start + count + 1).join(''))),
    )
  })
}

/** Everything that what was typed can mean, the likeliest first; empty where it is nothing that can be searched for. */
export function understand(query: string): readonly Asked[] {
  const text = query.trim()
  const card = CARD.exec(text)
  if (card) return [cardOf(card)]
  const [check] = /\bchk_[\w-]{22}(?![\w-])/.exec(text) ?? []
  if (check !== undefined) return [{ kind: 'check', value: check }]
  return /[\s/{]/.test(text) ? within(text) : alone(text)
}

/** An address, or a whole refusal, that contains what names it. */
function within(text: string): readonly Asked[] {
  const code = /\/r\/([\w-]{8,9})(?![\w-])/.exec(text)?.[1] ?? /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b(?!-)/i.exec(text)?.[0]
  if (code !== undefined && readCode(code) !== undefined) return [{ kind: 'code', value: code }]
  if (readCode(text) !== undefined) return [{ kind: 'code', value: text }]
  const [, customer] = /\b(cus_[A-Za-z0-9]{4,255})\b/.exec(text) ?? []
  if (customer !== undefined) return [{ kind: 'customer', value: customer }]
  const owned = OWNED.exec(text)
  if (owned) return [ownedOf(owned)]
  return NUMBER.test(text) ? [{ kind: 'invoice-number', value: text }] : []
}

function alone(text: string): readonly Asked[] {
  const asked: Asked[] = []
  if (/^cus_\w{4,255}$/.test(text)) return [{ kind: 'customer', value: text }]
  if (EventIdSchema.safeParse(text).success) asked.push({ kind: 'told', value: text })
  const owned = OWNED.exec(text)
  if (owned?.[0] === text) asked.push(ownedOf(owned))
  if (asked.length > 0) return asked
  if (z.email().max(320).safeParse(text).success) asked.push({ kind: 'email', value: text })
  if (readCode(text) !== undefined) asked.push({ kind: 'code', value: text })
  if (IdSchema.safeParse(text).success) asked.push({ kind: 'account', value: text })
  if (NUMBER.test(text)) asked.push({ kind: 'invoice-number', value: text })
  return asked
}

function ownedOf([value, prefix]: RegExpExecArray): Asked {
  // The expression is made of these prefixes.
  return { kind: 'owned', prefix: prefix as OwnedPrefix, value }
}

function cardOf([, last4 = '', month, year]: RegExpExecArray): Asked {
  return { kind: 'card', last4, month: Number(month), year: (Number(year) % 100) + 2_000 }
}

function passesLuhn(digits: string): boolean {
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return sum % 10 === 0
}
