import { malformed, missing, type Wire } from './errors.ts'
import { text, whole } from './shape.ts'

export const pageFields = { limit: whole, starting_after: text, ending_before: text }

export type PageRequest = {
  limit?: number | undefined
  starting_after?: string | undefined
  ending_before?: string | undefined
}

/** One page of a list, newest first; `limit` 1 to 100, 10 unless told. */
export function page<T extends { id: string }>(
  url: string,
  newestFirst: T[],
  request: PageRequest,
  present: (row: T) => Wire,
): Wire {
  const limit = request.limit ?? 10
  if (limit < 1 || limit > 100) {
    throw malformed(`Invalid integer: limit must be between 1 and 100`, 'parameter_invalid_integer', 'limit')
  }
  const at = (id: string, param: string) => {
    const index = newestFirst.findIndex((row) => row.id === id)
    if (index < 0) throw missing('object', id, param)
    return index
  }
  let rows = newestFirst
  let more: boolean
  if (request.ending_before !== undefined) {
    const before = rows.slice(0, at(request.ending_before, 'ending_before'))
    rows = before.slice(-limit)
    more = before.length > limit
  } else {
    const rest =
      request.starting_after === undefined ? rows : rows.slice(at(request.starting_after, 'starting_after') + 1)
    rows = rest.slice(0, limit)
    more = rest.length > limit
  }
  return { object: 'list', url, has_more: more, data: rows.map(present) }
}

type Range =
  | number
  | { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined }

export function isWithin(range: Range | undefined, seconds: number): boolean {
  if (range === undefined) return true
  if (typeof range === 'number') return seconds === range
  return (
    seconds > (range.gt ?? -Infinity) &&
    seconds >= (range.gte ?? -Infinity) &&
    seconds < (range.lt ?? Infinity) &&
    seconds <= (range.lte ?? Infinity)
  )
}
