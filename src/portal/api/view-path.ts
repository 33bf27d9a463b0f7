const VIEW = /^\/as\/(aud_[\w-]{22})(?:\/|$)/

/** Support looks at these pages from the desk's origin, under `/as/<view>`; undefined where the customer is at home. */
export function viewIn(pathname: string): string | undefined {
  return VIEW.exec(pathname)?.[1]
}

export function baseOf(view: string): string {
  return `/as/${view}`
}

/** Where a question of the portal's is answered: `/api/…`, or for support the same under their view. */
export function addressOf(path: string, view: string | undefined): string {
  return view === undefined ? path : `/api/desk/as/${view}${path.slice('/api'.length)}`
}
