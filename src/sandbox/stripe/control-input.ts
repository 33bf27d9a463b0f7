import { invalid } from './kernel/errors.ts'

/** What a lever was given: a JSON body, or the query of a GET. */
export type Given = { [name: string]: unknown }

/** @throws {Refusal} 400 when there but of another type */
function read<T>(given: Given, name: string, is: (value: unknown) => value is T, noun: string): T | undefined {
  const value = given[name]
  if (value === undefined || value === null) return undefined
  if (!is(value)) throw invalid(`${name} must be ${noun}`, { param: name })
  return value
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number'
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isNumber)

export const text = (given: Given, name: string) => read(given, name, isText, 'a string')
export const number = (given: Given, name: string) => read(given, name, isNumber, 'a number')
export const whether = (given: Given, name: string) => read(given, name, isFlag, 'true or false')
export const pair = (given: Given, name: string) => read(given, name, isPair, 'a pair of numbers')

export function truth<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw invalid(`Missing required param: ${name}.`, { param: name })
  return value
}

export function findWithin<const T extends string>(allowed: readonly T[], value: string, name: string): T {
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw invalid(`${name} must be one of ${allowed.join(', ')}`, { param: name })
  return found
}
