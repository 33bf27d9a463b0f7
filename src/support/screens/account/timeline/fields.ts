import type { TimelineEntry } from '#contract/desk-timeline-entry.ts'
import { format } from '#support/format.ts'
import { declineWords, fieldWords, saidWord, wasWord } from '#support/words/timeline.ts'
import { cardOf, nameOf } from './sentence.ts'

/** A line of an opened entry. `copy`: what stands there is an id that somebody may want elsewhere. */
export type Field = { readonly name: string; readonly value: string; readonly copy?: boolean; readonly check?: boolean }

/** Said by the row itself, or below the lines. */
const elsewhere = ['id', 'at', 'kind', 'moving', 'what', 'deliveries', 'refused']
const instants =
  /^(seen|mended|resolved|since|updated|received|done|expires|opened|nextTry|next_payment_attempt|due_date|cancel_at|trial_end|ended_at|period_end)$/
const isId = (value: string) =>
  /^(chk|evt|in|ch|pi|py|pm|sub|cus|seti|re|cn|du|dp|mail|gl|ses|aud|ask|vis)_\w/.test(value)

/** Everything that an entry knows, in the order in which it was told. */
export function fieldsOf(entry: TimelineEntry, now: number): readonly Field[] {
  const currency = 'amount' in entry && typeof entry.amount === 'object' ? entry.amount.currency : undefined
  const around = { now, currency }
  return Object.entries(entry).flatMap(([name, value]) =>
    elsewhere.includes(name) ? [] : linesOf(name, value, around),
  )
}

/** The server's clock, and in what the sums of this entry are. */
type Around = { readonly now: number; readonly currency: string | undefined }

function linesOf(name: string, value: unknown, around: Around, label = fieldWords[name] ?? name): readonly Field[] {
  const line = (text: string): readonly Field[] => (text === '' ? [] : [{ name: label, value: text }])
  if (value === undefined || value === null) return []
  if (typeof value === 'boolean') return line(value ? (fieldWords['yes'] ?? '') : (fieldWords['no'] ?? ''))
  if (typeof value === 'number') return line(numberOf(name, value, around))
  if (typeof value === 'string')
    return name === 'decline' ? line(declineWords[value as keyof typeof declineWords]) : [textLine(label, value)]
  if (Array.isArray(value)) {
    const items = value.map(String)
    return items.some(isId) ? items.map((item) => textLine(label, item)) : line(items.join(', '))
  }
  return objectLines(name, label, value as Record<string, unknown>, around)
}

/** Stripe's sums are in the smallest unit. */
function numberOf(name: string, value: number, { now, currency }: Around): string {
  if (instants.test(name)) return format.moment(value, now)
  if (currency !== undefined && /^(amount|total)/.test(name)) return format.money({ amount: value, currency })
  return format.number(value)
}

function textLine(label: string, value: string): Field {
  return {
    name: label,
    value,
    ...((isId(value) || label === fieldWords['number']) && { copy: true }),
    ...(value.startsWith('chk_') && { check: true }),
  }
}

/** Sums, cards, people and masks each have their own way to be read; other objects are read field by field. */
function objectLines(name: string, label: string, value: Record<string, unknown>, around: Around): readonly Field[] {
  if (typeof value['amount'] === 'number' && typeof value['currency'] === 'string') {
    return [{ name: label, value: format.money({ amount: value['amount'], currency: value['currency'] }) }]
  }
  if (name === 'card') return cardLines(label, value)
  if (typeof value['text'] === 'string') return [{ name: label, value: value['text'] }]
  if (name === 'person' || name === 'actor' || name === 'asker' || name === 'asked' || name === 'maker') {
    const person = value as Parameters<typeof nameOf>[0]
    const read = nameOf(person)
    return [{ name: fieldWords[name] ?? name, value: read === person.id ? read : `${read} (${person.id})` }]
  }
  return Object.entries(value).flatMap(([inner, one]) => linesOf(inner, one, around, prefixes[name]?.(inner)))
}

const prefixes: Readonly<Record<string, (name: string) => string>> = { said: saidWord, before: wasWord }

function cardLines(label: string, card: Record<string, unknown>): readonly Field[] {
  const face = cardOf(card as Parameters<typeof cardOf>[0])
  const [month, year] = [card['exp_month'], card['exp_year']]
  const expiry =
    typeof month === 'number' && typeof year === 'number'
      ? format.expiry({ id: '', kind: 'card', expMonth: month, expYear: year })
      : undefined
  return [
    ...(face === undefined ? [] : [{ name: label, value: face }]),
    ...(expiry === undefined ? [] : [{ name: fieldWords['expiry'] ?? '', value: expiry }]),
  ]
}
