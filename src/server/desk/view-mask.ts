import type { StaffRole } from '#contract/staff.ts'
import type { AccountRecord } from '#server/store/accounts.ts'
import { HIDDEN, isPlain, masked } from './mask.ts'

const EMAIL = /[^\s<>@"',;:()]+@[^\s<>@"',;:()]+\.[^\s<>@"',;:()]+/g
/** Of addresses and tax ids: what no question needs. */
const hidden: readonly string[] = ['line1', 'line2', 'postal_code', 'phone', 'value']

/** A customer's answer as this role may read it: the same shape, people and addresses behind their masks. */
export function maskView(role: StaffRole, { members }: AccountRecord, answer: unknown): unknown {
  if (isPlain(role)) return answer
  const names = new Set(members.flatMap(({ name }) => (name === undefined ? [] : [name])))
  const hide = (text: string) =>
    names.has(text)
      ? masked(role, 'name', text, '').text
      : text.replaceAll(EMAIL, (email) => masked(role, 'email', email, '').text)
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return hide(value)
    if (Array.isArray(value)) return value.map(walk)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        hidden.includes(key) && typeof inner === 'string' ? HIDDEN : walk(inner),
      ]),
    )
  }
  return walk(answer)
}
