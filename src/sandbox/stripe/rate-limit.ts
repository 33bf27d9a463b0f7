/** A limit on API calls for a while: at most `perSecond`, until a moment (milliseconds since 1970). */
export type RateLimit = { perSecond: number; until: number; second: number; calls: number }

export function newRateLimit(perSecond: number, seconds: number, now: number): RateLimit {
  return { perSecond, until: now + seconds * 1000, second: 0, calls: 0 }
}

/** Counts a call at `now` (milliseconds since 1970); true when it is one too many in its second. */
export function isTooMany(limit: RateLimit | null, now: number): boolean {
  if (limit === null || now >= limit.until) return false
  const second = Math.floor(now / 1000)
  if (limit.second !== second) Object.assign(limit, { second, calls: 0 })
  limit.calls += 1
  return limit.calls > limit.perSecond
}
