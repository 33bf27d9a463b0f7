import { randomBytes } from 'node:crypto'
import type { MemberId } from './members.ts'
import type { Asks, Tells } from './promise.ts'

/** Who uses this browser. The demo asks for no password: whoever starts a scenario is its person. */
export type SignIn = {
  readonly account: string
  readonly label: string
  readonly actor: MemberId
  readonly title: string
  /** What the app asks for before it serves, instead of the page that was opened. */
  readonly asks?: Asks | undefined
  /** What the app tells the portal of its own knowledge, until (unix seconds). */
  readonly tells?: (Pick<Tells, 'reason'> & { readonly until: number }) | undefined
  /** Lets a program call the API for this account. */
  readonly apiToken: string
  /** Opens this very sign-in in a browser that did not start it. */
  readonly doorToken: string
  /** Goes to the portal and comes back, so that only this browser's return is believed. */
  state: string
  /** What the app wrongly believes until the portal tells it better. */
  mistake?: string | undefined
  /** How the last visit to the portal ended; shown once. */
  back?: { readonly result: string; readonly proven: boolean } | undefined
}

/** Enough for a day of trying; the oldest go first. */
const LIMIT = 2_000

export class SignIns {
  readonly #byCookie = new Map<string, SignIn>()

  /** Signs a person in; gives the value of the cookie. */
  begin(person: Omit<SignIn, 'apiToken' | 'doorToken' | 'state' | 'back'>): { cookie: string; signIn: SignIn } {
    const signIn = { ...person, apiToken: secret(), doorToken: secret(), state: secret() }
    const cookie = secret()
    this.#byCookie.set(cookie, signIn)
    const [oldest] = this.#byCookie.keys()
    if (this.#byCookie.size > LIMIT && oldest !== undefined) this.#byCookie.delete(oldest)
    return { cookie, signIn }
  }

  byCookie(cookie: string | undefined): SignIn | undefined {
    return cookie === undefined ? undefined : this.#byCookie.get(cookie)
  }

  byApiToken(token: string | undefined): SignIn | undefined {
    return [...this.#byCookie.values()].find(({ apiToken }) => apiToken === token)
  }

  /** The cookie of the sign-in that this door leads to. */
  cookieByDoor(token: string): string | undefined {
    return [...this.#byCookie].find(([, { doorToken }]) => doorToken === token)?.[0]
  }

  end(cookie: string | undefined): void {
    if (cookie !== undefined) this.#byCookie.delete(cookie)
  }
}

export function secret(): string {
  return randomBytes(16).toString('base64url')
}
