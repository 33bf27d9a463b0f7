import { malformed, type Wire } from './errors.ts'
import { isBranch } from './form.ts'

/** How the fields of one object lead to others. `included` is in the answer already; `added` only when asked for. */
export type Link = { to: string; list?: true; how: 'id' | 'included' | 'added' }
export type Links = { [object: string]: { [path: string]: Link } }

export type Resolver = {
  links: Links
  byId: (object: string, id: string) => Wire | undefined
  add: (object: string, path: string, wire: Wire) => unknown
}

const deepest = 4

/** @throws {Refusal} 400 for a path that leads nowhere, whether or not there would be something at it */
export function checkExpand(links: Links, root: string, paths: string[]): void {
  for (const path of paths) {
    const segments = path.split('.')
    if (segments.length > deepest) {
      throw malformed(
        `You cannot expand more than ${deepest} levels of a property. Property: ${path}`,
        undefined,
        'expand',
      )
    }
    check(links, root, segments, path)
  }
}

/** Expands each dotted path in `wire`, which becomes the fuller object. */
export function expand(resolver: Resolver, root: string, wire: Wire, paths: string[]): Wire {
  for (const path of paths) walk(resolver, root, wire, path.split('.'))
  return wire
}

function split(
  links: Links,
  object: string,
  segments: string[],
): { link: Link; path: string; rest: string[] } | undefined {
  for (let length = segments.length; length > 0; length--) {
    const path = segments.slice(0, length).join('.')
    const link = links[object]?.[path]
    if (link !== undefined) return { link, path, rest: segments.slice(length) }
  }
  return undefined
}

function check(links: Links, object: string, segments: string[], whole: string): void {
  if (object.startsWith('list:')) {
    if (segments[0] !== 'data') throw notExpandable(whole)
    if (segments.length > 1) check(links, object.slice(5), segments.slice(1), whole)
    return
  }
  const found = split(links, object, segments)
  if (found === undefined) throw notExpandable(whole)
  if (found.rest.length === 0) return
  check(links, found.link.list === true ? `list:${found.link.to}` : found.link.to, found.rest, whole)
}

function walk(resolver: Resolver, object: string, wire: Wire, segments: string[]): void {
  // Of a deleted thing there is nothing left to expand.
  if (segments.length === 0 || wire['deleted'] === true) return
  if (object.startsWith('list:')) {
    const { data } = wire
    if (!Array.isArray(data)) return
    for (const one of data) if (isBranch(one)) walk(resolver, object.slice(5), one, segments.slice(1))
    return
  }
  const found = split(resolver.links, object, segments)
  if (found === undefined) return
  const { link, path, rest } = found
  const names = path.split('.')
  const last = names.pop() ?? path
  let holder: unknown = wire
  for (const name of names) holder = isBranch(holder) ? holder[name] : undefined
  if (!isWire(holder)) return
  if (link.how === 'added') holder[last] ??= resolver.add(object, path, wire)
  const held = holder[last]
  if (link.how === 'id' && typeof held === 'string') holder[last] = resolver.byId(link.to, held) ?? held
  if (link.how === 'id' && Array.isArray(held))
    holder[last] = held.map((one: unknown) => (typeof one === 'string' ? (resolver.byId(link.to, one) ?? one) : one))
  const below = holder[last]
  if (Array.isArray(below)) for (const one of below) if (isWire(one)) walk(resolver, link.to, one, rest)
  if (isWire(below)) walk(resolver, link.list === true ? `list:${link.to}` : link.to, below, rest)
}

function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function notExpandable(path: string) {
  return malformed(`This property cannot be expanded (${path}).`, undefined, 'expand')
}
