/** What a page of another origin may read of a refusal. The body is read without them (contract, acceptance check 11). */
const exposed = ['Link', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'Content-Language']

/** Whether a browser asks first if it may ask (Fetch). It asks without cookies: nobody could be known by them. */
export function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers.has('access-control-request-method')
}

/** Lets a page of one of the app's own origins read an answer. Never a wildcard: these answers are about a person. */
export function withCors(request: Request, response: Response, origins: readonly string[]): Response {
  const origin = request.headers.get('origin')
  if (origins.length === 0) return response
  const { headers } = response
  if (!headers.get('vary')?.toLowerCase().includes('origin')) headers.append('vary', 'Origin')
  if (origin === null || !origins.includes(origin)) return response
  headers.set('access-control-allow-origin', origin)
  headers.set('access-control-allow-credentials', 'true')
  const known = headers.get('access-control-expose-headers')?.split(/\s*,\s*/) ?? []
  headers.set('access-control-expose-headers', [...new Set([...known, ...exposed])].join(', '))
  return response
}
