/** A decoded form value: Stripe's wire carries strings only, nested by bracketed keys. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue }

type Branch = { [key: string]: FormValue }

const key = /^([^[\]]+)((?:\[[^[\]]*\])*)$/

/**
 * Decodes `a[b][0][c]=x&a[b][]=y` into nested values.
 * Keys that are all digits become lists; an empty bracket appends.
 */
export function parseForm(source: string): Branch {
  const root = branch()
  for (const [name, value] of new URLSearchParams(source)) {
    const match = key.exec(name)
    if (match === null) {
      root[name] = value
      continue
    }
    const parts = [match[1] ?? name, ...[...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? '')]
    put(root, parts, value)
  }
  return Object.fromEntries(Object.entries(root).map(([name, value]) => [name, withLists(value)]))
}

function put(root: Branch, parts: string[], value: string): void {
  let at = root
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1]
    const name = part === '' ? position(at, next) : part
    if (next === undefined) {
      at[name] = value
      return
    }
    const below = at[name]
    const held = isBranch(below) ? below : branch()
    at[name] = held
    at = held
  }
}

// `items[][price]=a&items[][quantity]=2` describes one item until a key repeats.
function position(at: Branch, next: string | undefined): string {
  const size = Object.keys(at).length
  const last = at[String(size - 1)]
  const fits = next !== undefined && next !== '' && isBranch(last) && !(next in last)
  return String(fits ? size - 1 : size)
}

function withLists(value: FormValue): FormValue {
  if (!isBranch(value)) return value
  const names = Object.keys(value)
  const isList = names.length > 0 && names.every((name) => /^\d+$/.test(name))
  if (isList) return names.toSorted((a, b) => Number(a) - Number(b)).map((name) => withLists(value[name] ?? ''))
  return Object.fromEntries(names.map((name) => [name, withLists(value[name] ?? '')]))
}

export function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Without a prototype, a form key such as `__proto__` is only a key.
function branch(): Branch {
  const empty: Branch = Object.create(null)
  return empty
}
