import type { World } from '#sandbox/stripe/world.ts'
import type { Wire } from './errors.ts'
import type { FormValue } from './form.ts'
import { list, object, text, type Fields, type Reader, type Values } from './shape.ts'

export type Call = {
  world: World
  /** Path parameters, `:id` and the like. */
  ids: { [name: string]: string }
  key: 'secret' | 'publishable'
  /** The `Stripe-Version` the caller asked for; the official CLI sends none. */
  version: string | null
}

export type Route = {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  /** What the answer is, for expanding: an object, or `list:` of them. */
  answers: string
  /** A publishable key with the intent's client secret may call it too. */
  browser: boolean
  read: (raw: { [name: string]: FormValue }) => (call: Call) => Wire
  /** Dotted expand paths, read by the front. */
  expands: Reader<string[]>
}

type Definition<F extends Fields> = {
  method: Route['method']
  path: string
  answers: string
  fields?: F
  /** Fields only Stripe.js sends. */
  browserFields?: Fields
  deed: (call: Call, params: Values<F>) => Wire
}

/** One API operation: its parameters are all read before its deed begins, so that a refusal for form leaves no trace. */
export function route<F extends Fields>(definition: Definition<F>): Route {
  const { method, path, answers, deed } = definition
  const read = object<F>(definition.fields ?? ({} as F))
  const ignored = new Set(['expand', ...Object.keys(definition.browserFields ?? {})])
  return {
    method,
    path,
    answers,
    browser: definition.browserFields !== undefined,
    expands: list(text),
    read: (raw) => {
      const params = read(Object.fromEntries(Object.entries(raw).filter(([name]) => !ignored.has(name))), '')
      return (call) => deed(call, params)
    },
  }
}

export type Found = { route: Route; ids: { [name: string]: string } }

export function findRoute(routes: Route[], method: string, path: string): Found | undefined {
  const parts = path.split('/')
  for (const one of routes) {
    if (one.method !== method) continue
    const ids = matches(one.path.split('/'), parts)
    if (ids !== undefined) return { route: one, ids }
  }
  return undefined
}

function matches(pattern: string[], parts: string[]): { [name: string]: string } | undefined {
  if (pattern.length !== parts.length) return undefined
  const ids: { [name: string]: string } = {}
  for (const [index, piece] of pattern.entries()) {
    const part = parts[index] ?? ''
    if (piece.startsWith(':') && part !== '') ids[piece.slice(1)] = decodeURIComponent(part)
    else if (piece !== part) return undefined
  }
  return ids
}
