/**
 * What a gateway says about the request it holds. It sets each of them itself, or takes it away: one that came from
 * outside would let a stranger choose who pays.
 */
export const askedHeaders = {
  account: 'X-Fix402-Account',
  actor: 'X-Fix402-Actor',
  feature: 'X-Fix402-Feature',
  meter: 'X-Fix402-Meter',
  quantity: 'X-Fix402-Quantity',
  api_key: 'X-Fix402-Api-Key',
  audience: 'X-Fix402-Audience',
} as const

/** What the portal says to the gateway. */
export const toldHeaders = {
  /** The refusal's id; only a refusal has one. */
  check: 'X-Fix402-Check',
  /** For nginx, whose subrequest knows 403 only: the refusal's true status, its address and its body. */
  status: 'X-Fix402-Status',
  location: 'X-Fix402-Location',
  problem: 'X-Fix402-Problem',
  /** What will block later: `reason;at="…"`, RFC 3339 (a list of RFC 9651). */
  warning: 'X-Fix402-Warning',
  /** Why nothing was decided; the request passes. */
  error: 'X-Fix402-Error',
} as const

export const FORWARD_AUTH = '/v1/forward-auth'

export function isForwardAuth(path: string): boolean {
  return path === FORWARD_AUTH || path.startsWith(`${FORWARD_AUTH}/`)
}
