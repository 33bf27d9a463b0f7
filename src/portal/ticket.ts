/** An app's or a colleague's link, and a guest's. */
const marks = ['#t=', '#g=']

export function holdsTicket({ hash }: Location): boolean {
  return marks.some((mark) => hash.startsWith(mark))
}

/**
 * Takes the ticket out of the address (`/fix#t=…`, `/pay#g=…`) before anything else runs, so that it stays neither in
 * the history nor on the screen. Whoever takes it holds the only copy.
 */
export function takeTicket(location: Location, history: History): string | undefined {
  if (!holdsTicket(location)) return undefined
  const ticket = location.hash.slice('#t='.length)
  history.replaceState(history.state, '', location.pathname + location.search)
  return ticket === '' ? undefined : ticket
}
