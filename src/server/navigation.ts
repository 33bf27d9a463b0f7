/**
 * Whether a person is waiting for the answer to this request as a page of its own: only then may it be sent elsewhere. The
 * same rule as the SDK's, which is published without the server.
 */
export function isNavigation(headers: Headers): boolean {
  if (/prefetch|prerender/.test(`${headers.get('sec-purpose')} ${headers.get('purpose')}`)) return false
  const mode = headers.get('sec-fetch-mode')
  if (mode !== null) return mode === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  return accepts(headers.get('accept'), 'text/html') && !headers.has('x-requested-with')
}

function accepts(accept: string | null, type: string): boolean {
  return accept?.split(',').some((range) => range.split(';')[0]?.trim().toLowerCase() === type) ?? false
}
