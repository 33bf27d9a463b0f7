/**
 * Whether a person is waiting for this answer as a page of its own. Only such a request may be sent elsewhere: a script
 * could not read where to (Fetch, opaque redirects), a frame would be refused, and a prefetch would use the ticket up.
 */
export function isNavigation(request: Request): boolean {
  const { headers } = request
  if (/prefetch|prerender/.test(`${headers.get('sec-purpose')} ${headers.get('purpose')}`)) return false
  const mode = headers.get('sec-fetch-mode')
  if (mode !== null) return mode === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  return accepts(headers.get('accept'), 'text/html') && !headers.has('x-requested-with')
}

function accepts(accept: string | null, type: string): boolean {
  return accept?.split(',').some((range) => range.split(';')[0]?.trim().toLowerCase() === type) ?? false
}

/** Asking again by GET gives the same page: only then is the refused URL itself the way back. */
export function isRepeatable(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD'
}
