type Letter = { readonly subject: string; readonly body: string }

/**
 * The merchant's address with the letter written already, where it is a `mailto:` (RFC 6068: percent-encoded, lines end
 * with CRLF); any other address as it is. What the merchant has put into it stays.
 */
export function addressed(supportUrl: string, { subject, body }: Letter): string {
  if (!isMail(supportUrl)) return supportUrl
  const [to = '', query = ''] = supportUrl.split('?')
  const wanted = { subject, body: body.replaceAll('\n', '\r\n') }
  const given = query.split('&').filter((field) => field !== '')
  const names = given.map((field) => field.split('=')[0]?.toLowerCase())
  const added = Object.entries(wanted)
    .filter(([name]) => !names.includes(name))
    .map(([name, text]) => `${name}=${encodeURIComponent(text)}`)
  return `${to}?${[...given, ...added].join('&')}`
}

export function isMail(url: string): boolean {
  return /^mailto:/i.test(url)
}
