import type { FormValue } from './form.ts'
import { isBranch } from './form.ts'
import { malformed } from './errors.ts'

/** Reads one parameter from its form value, or refuses with the error Stripe gives. */
export type Reader<T> = (raw: FormValue, path: string) => T
type Needed<T> = Reader<T> & { needed: true }
export type Fields = { [name: string]: Reader<unknown> }
type NeededNames<F extends Fields> = { [K in keyof F]: F[K] extends { needed: true } ? K : never }[keyof F]
type Value<R> = R extends Reader<infer T> ? T : never

/** What an `object(fields)` reader yields: needed fields are there, the others may be undefined. */
export type Values<F extends Fields> = { [K in NeededNames<F>]: Value<F[K]> } & {
  [K in Exclude<keyof F, NeededNames<F>>]?: Value<F[K]> | undefined
}

export function needed<T>(read: Reader<T>): Needed<T> {
  return Object.assign((raw: FormValue, path: string) => read(raw, path), { needed: true as const })
}

export const text: Reader<string> = (raw, path) => {
  if (typeof raw !== 'string') throw malformed(`Invalid string: ${JSON.stringify(raw)}`, undefined, path)
  if (raw === '') throw unsettable(path)
  return raw
}

/** An empty string unsets the field (the SDK sends `null` so). */
export function clearable<T>(read: Reader<T>): Reader<T | null> {
  return (raw, path) => (raw === '' ? null : read(raw, path))
}

export const clearableText = clearable(text)

/** Whole numbers: minor units, seconds, quantities. */
export const whole: Reader<number> = (raw, path) => {
  if (raw === '') throw unsettable(path)
  if (typeof raw !== 'string' || !/^-?\d{1,15}$/.test(raw)) {
    throw malformed(
      `Invalid integer: ${typeof raw === 'string' ? raw : JSON.stringify(raw)}`,
      'parameter_invalid_integer',
      path,
    )
  }
  return Number(raw)
}

export const flag: Reader<boolean> = (raw, path) => {
  if (raw === 'true' || raw === '1') return true
  if (raw === 'false' || raw === '0') return false
  throw malformed(`Invalid boolean: ${typeof raw === 'string' ? raw : JSON.stringify(raw)}`, undefined, path)
}

export function oneOf<const T extends string>(...allowed: T[]): Reader<T> {
  return (raw, path) => {
    const found = allowed.find((one) => one === raw)
    if (found !== undefined) return found
    if (raw === '') throw unsettable(path)
    throw malformed(`Invalid ${path}: must be one of ${allowed.join(', ')}`, undefined, path)
  }
}

export function either<A, B>(first: Reader<A>, second: Reader<B>): Reader<A | B> {
  return (raw, path) => {
    try {
      return first(raw, path)
    } catch {
      return second(raw, path)
    }
  }
}

export function list<T>(of: Reader<T>): Reader<T[]> {
  return (raw, path) => {
    if (raw === '') return []
    if (Array.isArray(raw)) return raw.map((one, index) => of(one, `${path}[${index}]`))
    throw malformed(`Invalid array`, undefined, path)
  }
}

/** Metadata: an empty value deletes its key, an empty string clears all. */
export const metadata: Reader<{ [key: string]: string } | null> = (raw, path) => {
  if (raw === '') return null
  const entries = Array.isArray(raw)
    ? raw.map((value, index) => [String(index), value] as const)
    : isBranch(raw)
      ? Object.entries(raw)
      : undefined
  if (entries === undefined) throw malformed('Invalid object', undefined, path)
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (typeof value !== 'string') throw malformed('Metadata values must be strings', undefined, `${path}[${name}]`)
      return [name, value]
    }),
  )
}

/** Parameters Stripe knows whose effect the sandbox does not model: read, kept out of the way. */
export const unmodelled: Reader<FormValue> = (raw) => raw

export function object<F extends Fields>(fields: F): Reader<Values<F>> {
  return (raw, path) => {
    if (raw !== '' && !isBranch(raw)) throw malformed('Invalid object', undefined, path)
    const given = raw === '' ? {} : raw
    const nested = (name: string) => (path === '' ? name : `${path}[${name}]`)
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(fields, name))
        throw malformed(`Received unknown parameter: ${nested(name)}`, 'parameter_unknown', nested(name))
    }
    const values: { [name: string]: unknown } = {}
    for (const [name, read] of Object.entries(fields)) {
      const value = given[name]
      if (value !== undefined) values[name] = read(value, nested(name))
      else if ('needed' in read)
        throw malformed(`Missing required param: ${nested(name)}.`, 'parameter_missing', nested(name))
    }
    return values as Values<F>
  }
}

/** `created=…` or `created[gte]=…` in UTC seconds. */
export const moment = either(whole, object({ gt: whole, gte: whole, lt: whole, lte: whole }))

function unsettable(path: string) {
  const message = `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`
  return malformed(message, 'parameter_invalid_empty', path)
}
