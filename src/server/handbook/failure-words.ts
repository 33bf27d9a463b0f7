import type { Failure } from '#server/errors.ts'

/** What each failure means, and what the caller does about it. */
export const failureWords = {
  'invalid-request': {
    meaning: 'The request does not have the form that the API describes. Nothing was done.',
    remedy:
      'Change it: `errors` names each wrong field and `detail` the first of them. Repeating it as it is does not help.',
  },
  'not-authenticated': {
    meaning: 'The request carries no API key of a configured app, or a wrong one.',
    remedy: 'Send `Authorization: Bearer <key>`. An app should serve its customers meanwhile, and tell its developers.',
  },
  'no-session': {
    meaning: 'This browser is not signed in to the portal, or no longer.',
    remedy: 'Come again from the app, or sign in by e-mail.',
  },
  'not-allowed': {
    meaning: 'Your role in the account does not allow this.',
    remedy: 'Ask an owner or billing admin of the account; the portal names them and writes to them for you.',
  },
  'step-up-needed': {
    meaning:
      'What was asked for would hurt in other hands, and nobody has proved in the last ten minutes who is at this browser. Nothing was done.',
    remedy:
      'Type the code that the portal sends to your address, or open billing from the app again. Then the same is done without being asked twice.',
  },
  'cross-site': {
    meaning: 'The request came from another site than the portal’s own pages, so it was not carried out.',
    remedy: 'Apps use `/v1` with their key. Pages of the portal need no change.',
  },
  'not-found': {
    meaning: 'There is nothing at this address, or it belongs to somebody else: both are answered alike.',
    remedy: 'Check the address and which app’s key was used. Accounts are put with `PUT /v1/accounts/{id}` first.',
  },
  'in-progress': {
    meaning: 'The same is being done just now, in another tab or by another person.',
    remedy: 'Wait a few seconds and look again. Nothing is done twice.',
  },
  'key-reused': {
    meaning: 'This `Idempotency-Key` was used for a request with another content.',
    remedy: 'Use a new key for a new intention, and the same key only to repeat the same request.',
  },
  'method-needed': {
    meaning: 'Something is charged to this payment method, and nothing was named to be charged instead.',
    remedy: 'Add another payment method first and name it, or cancel the plan.',
  },
  'stale-link': {
    meaning: 'This was valid once and is too old now: checks and links live for a limited time.',
    remedy: 'Begin anew in the app: repeat the request that was refused, or ask for another link.',
  },
  'too-large': {
    meaning: 'The body is larger than one megabyte.',
    remedy: 'Send less at once, for instance fewer usage events.',
  },
  'not-json': {
    meaning: 'The body came with another content type than JSON, or with none, so it was not read.',
    remedy: 'Send `Content-Type: application/json`. `curl -d` sends a form unless it is told otherwise with `-H`.',
  },
  'too-many': {
    meaning: 'Too many tries in a short time, or a poll that came earlier than its interval.',
    remedy:
      'Wait as long as `Retry-After` says. Of a poll `interval` is the new number of seconds between two questions.',
  },
  'wrong-host': {
    meaning: 'The request was addressed to another host than the portal’s own.',
    remedy: 'Use the origin that the portal is configured with (`PORTAL_ORIGIN`); a proxy must pass `Host` on.',
  },
  internal: {
    meaning: 'Something went wrong on our side.',
    remedy: 'Try again in a moment. If it stays, tell the provider the `request_id`: it stands in their log.',
  },
  'stripe-unreachable': {
    meaning: 'Stripe does not answer, and what was asked for needs it. Access checks go on with the last reading.',
    remedy: 'Try again after `Retry-After`. What moves money is not repeated by itself.',
  },
  'database-unreachable': {
    meaning: 'The portal’s database does not answer.',
    remedy: 'Try again after `Retry-After`. An app should serve its customers meanwhile.',
  },
} as const satisfies Record<Failure, { meaning: string; remedy: string }>
