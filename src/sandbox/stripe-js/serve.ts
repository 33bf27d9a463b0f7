export type ServedFile = { status: number; headers: Record<string, string>; body: string }

/** Answers the sandbox's Stripe.js files; undefined for a path that is none of them. */
export async function serveStripeJs(path: string): Promise<ServedFile | undefined> {
  if (path !== '/endive/stripe.js') return undefined
  return {
    status: 503,
    headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
    body: '',
  }
}
