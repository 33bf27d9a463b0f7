/**
 * Whether a person is waiting for this answer as a page of its own. Only such a request may be sent elsewhere: a script
 * could not read where to (Fetch, opaque redirects), a frame would be refused, and a prefetch would use the ticket up.
 */
export function isNavigation(request: Request): boolean {
  const { headers } = request
  if (isPrefetch(request)) return false
  const mode = headers.get('sec-fetch-mode')
  if (mode !== null) return mode === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  return accepts(headers.get('accept'), 'text/html') && !headers.has('x-requested-with')
}

function isPrefetch({ headers }: Request): boolean {
  return /prefetch|prerender/.test(`${headers.get('sec-purpose')} ${headers.get('purpose')}`)
}

function accepts(accept: string | null, type: string): boolean {
  return accept?.split(',').some((range) => range.split(';')[0]?.trim().toLowerCase() === type) ?? false
}

/** Asking again by GET gives the same page: only then is the refused URL itself the way back. */
export function isRepeatable(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD'
}

/**
 * The page on which the person is, or wants to be: where they come back to. A script's own address would be a page of
 * JSON, and a form's would have to be sent again, so for those it is the page that sent them, as far as it is ours.
 */
export function wayBack(request: Request, url: URL, origins: readonly string[]): string | undefined {
  const asked = isRepeatable(request) && (isNavigation(request) || isPrefetch(request))
  const page = asked ? url.href : request.headers.get('referer')
  if (page === null || page.length > 2_048 || !URL.canParse(page)) return undefined
  const { origin, href } = new URL(page)
  return origin === url.origin || origins.includes(origin) ? href : undefined
}
