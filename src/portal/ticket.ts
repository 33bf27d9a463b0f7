/**
 * Takes the ticket out of the address (`/fix#t=…`) before anything else runs, so that it stays neither in the history nor
 * on the screen. Whoever takes it holds the only copy.
 */
export function takeTicket(location: Location, history: History): string | undefined {
  if (!location.hash.startsWith('#t=')) return undefined
  const ticket = location.hash.slice('#t='.length)
  history.replaceState(history.state, '', location.pathname + location.search)
  return ticket === '' ? undefined : ticket
}
