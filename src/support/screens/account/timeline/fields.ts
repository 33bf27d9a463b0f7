import type { TimelineEntry } from '#contract/desk-timeline-entry.ts'
import { format } from '#support/format.ts'
import { declineWords, fieldWords } from '#support/words/timeline.ts'
import { cardOf, nameOf } from './sentence.ts'

/** A line of an opened entry. `copy`: what stands there is an id that somebody may want elsewhere. */
export type Field = { readonly name: string; readonly value: string; readonly copy?: boolean; readonly check?: boolean }

/** Said by the row itself, or below the lines. */
const elsewhere = ['id', 'at', 'kind', 'moving', 'what', 'deliveries', 'refused']
const instants = ['seen', 'mended', 'resolved', 'since', 'updated', 'received', 'done', 'expires', 'opened', 'nextTry']
const isId = (value: string) =>
  /^(chk|evt|in|ch|pi|py|pm|sub|cus|seti|re|cn|du|dp|mail|gl|ses|aud|ask|vis)_\w/.test(value)

/** Everything that an entry knows, in the order in which it was told. */
export function fieldsOf(entry: TimelineEntry, now: number): readonly Field[] {
  return Object.entries(entry).flatMap(([name, value]) => (elsewhere.includes(name) ? [] : linesOf(name, value, now)))
}

function linesOf(name: string, value: unknown, now: number): readonly Field[] {
  const label = fieldWords[name] ?? name
  const line = (text: string): readonly Field[] => (text === '' ? [] : [{ name: label, value: text }])
  if (value === undefined || value === null) return []
  if (typeof value === 'boolean') return line(value ? (fieldWords['yes'] ?? '') : (fieldWords['no'] ?? ''))
  if (typeof value === 'number') return line(instants.includes(name) ? format.moment(value, now) : format.number(value))
  if (typeof value === 'string')
    return name === 'decline' ? line(declineWords[value as keyof typeof declineWords]) : [textLine(label, value)]
  if (Array.isArray(value)) {
    const items = value.map(String)
    return items.some(isId) ? items.map((item) => textLine(label, item)) : line(items.join(', '))
  }
  return objectLines(name, label, value as Record<string, unknown>, now)
}

function textLine(label: string, value: string): Field {
  return { name: label, value, ...(isId(value) && { copy: true }), ...(value.startsWith('chk_') && { check: true }) }
}

/** Sums, cards, people and masks each have their own way to be read; other objects are read field by field. */
function objectLines(name: string, label: string, value: Record<string, unknown>, now: number): readonly Field[] {
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
  return Object.entries(value).flatMap(([inner, one]) => linesOf(name === 'said' ? `said.${inner}` : inner, one, now))
}

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
