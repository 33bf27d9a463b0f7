/** Everybody who may knock, at the portal or at the desk. */
export const callers = [
  'anonymous',
  'owner',
  'billing_admin',
  'member',
  'viewer',
  'guest',
  'other tenant’s owner',
  'expired session',
  'signed-out cookie',
  'app key A',
  'app key B',
  'staff viewer',
  'staff agent',
  'staff operator',
  'staff admin',
  'staff expired',
] as const
export type Caller = (typeof callers)[number]

/** Whose thing an address or a body names, seen from the caller; `-` where it names none. */
export const idKinds = ['own', 'other tenant’s', 'unknown', 'malformed'] as const
export type IdKind = (typeof idKinds)[number]

/**
 * What may come of a request. `done`: 2xx, or on to another page · `signed-out`: 401 · `forbidden`: 403 · `missing`: 404 ·
 * `invalid`: 400 or 422 · `refused`: 402, what an app's customer meets.
 */
export type Outcome = 'done' | 'refused' | 'signed-out' | 'forbidden' | 'missing' | 'invalid'

export function outcomeOf(status: number): Outcome | `${number}` {
  if (status < 400) return 'done'
  return byStatus[status] ?? `${status}`
}
const byStatus: Readonly<Record<number, Outcome>> = {
  400: 'invalid',
  422: 'invalid',
  401: 'signed-out',
  403: 'forbidden',
  404: 'missing',
  402: 'refused',
}

/** Things that a request can name. */
const things = [
  'account',
  'invoice',
  'check',
  'session',
  'person',
  'payer',
  'link',
  'event',
  'view',
  'subscription',
  'method',
  'note',
] as const
export type Thing = (typeof things)[number]

type Ask = {
  /** `:app` and `:account` are the caller's own. */
  readonly path?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Where it is not the same for all who get past the door. */
type Told = Outcome | ((caller: Caller) => Outcome)

/** One route: who gets past its door, what it is asked, and what comes of it. */
export type Row = {
  /** Who gets past the door; everybody else is told to sign in, or that their role does not allow it. */
  readonly who: readonly Caller[]
  /** What of the caller's, of another tenant's, of nobody's is named. */
  readonly thing?: Thing
  /** The request, with what stands for that id in it; the path as the route says it, `:id` filled in, where left out. */
  readonly ask?: (id: string) => Ask
  /** What comes of it for what is one's own, where that is not `done`. */
  readonly own?: Told
  /** For what belongs to somebody else and for what nobody has: always the same. */
  readonly foreign?: Told
  readonly malformed?: Outcome
  /** The id itself is what opens it: whoever knows it may ask. */
  readonly bearer?: true
  /** Uses its caller's session up: each time another. */
  readonly wears?: true
}

export const everyone: readonly Caller[] = [...callers]
export const people = ['owner', 'billing_admin', 'member', 'viewer', 'other tenant’s owner'] as const
export const payers = ['owner', 'billing_admin', 'other tenant’s owner'] as const
export const owners = ['owner', 'other tenant’s owner'] as const
export const withGuests = [...people, 'guest'] as const
export const payersAndGuests = [...payers, 'guest'] as const
export const keys = ['app key A', 'app key B'] as const
export const staff = ['staff viewer', 'staff agent', 'staff operator', 'staff admin'] as const
export const agents = ['staff agent', 'staff operator', 'staff admin'] as const
export const operators = ['staff operator', 'staff admin'] as const
export const admins = ['staff admin'] as const

/** Whose routes they are: the customers' pages, what apps ask and what is open to all, the desk. */
export type Realm = 'portal' | 'app' | 'desk'

const known: Readonly<Record<Realm, readonly Caller[]>> = { portal: withGuests, app: [], desk: staff }

/** Who is told that the role does not allow it, and not to sign in. */
export function isKnown(caller: Caller, realm: Realm): boolean {
  return known[realm].includes(caller)
}
