import type { Visit } from '#contract/visit.ts'
import type { Method } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import type { Fix } from '#diagnosis/reason.ts'
import { destinationOf } from '#diagnosis/screen.ts'

/** Every address that is not a fix. */
export const paths = {
  home: '/',
  enter: '/fix',
  switchAccount: '/fix/switch-account',
  /** For guests. */
  pay: '/pay',
  /** A short code, typed by hand or in the address. */
  code: '/r',
  signIn: '/sign-in',
  allClear: '/fix/all-clear',
  appNotUpdated: '/fix/app-not-updated',
  diagnosis: '/fix/diagnosis',
  overview: '/overview',
  usage: '/usage',
  methods: '/payment-methods',
  addMethod: '/payment-methods/add',
  invoices: '/invoices',
  plan: '/plan',
  changePlan: '/plan/change',
  changeSeats: '/plan/seats',
  details: '/billing-details',
  people: '/people',
  privacy: '/privacy',
  /** The last line of a letter: no more of them. */
  letters: '/letters',
  changeCard: '/change-card',
} as const

/** The path of a remedy, for the refusal that brought the person here. */
export function fixPath(fix: Fix, check?: string): string {
  return withCheck(`/fix/${fix}`, check)
}

/** The path of a remedy with something chosen already: `&plan=team_monthly`. */
export function fixPathWith(fix: Fix, check: string | undefined, chosen: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams({ ...(check !== undefined && { check }), ...chosen })
  return `/fix/${fix}?${query}`
}

/** Any path, carrying the refusal along: the place is in the URL. */
export function withCheck(path: string, check: string | undefined): string {
  return check === undefined ? path : `${path}?check=${encodeURIComponent(check)}`
}

/** The refusal named in an address, if it is one. */
export function checkIn(search: string): string | undefined {
  const check = new URLSearchParams(search).get('check') ?? ''
  return /^chk_[\w-]{22}$/.test(check) ? check : undefined
}

/** Where this visit belongs now. The URL was a hint; live state decides. */
export function place(visit: Visit): string {
  const { diagnosis, check, guest } = visit
  if (guest) return paths.pay
  return withCheck(`/fix/${destinationOf(diagnosis, check?.returns)}`, check?.id)
}

/** Remedies that lead on to others: each of those lifts the same block at a price of its own. */
const leadsTo: Partial<Record<Fix, readonly Fix[]>> = {
  'raise-limit': ['choose-plan', 'buy-credits', 'raise-cap'],
  'buy-credits': ['choose-plan'],
  'add-seats': ['choose-plan'],
}

/** Whether a remedy still has something to mend: a blocker now, or a warning that will become one. */
export function isNeeded(visit: Visit, fix: Fix): boolean {
  const { blockers, warnings } = visit.diagnosis
  return [...blockers, ...warnings].some((trouble) => mends(fix, trouble.fix))
}

/** Whether a remedy lifts what another one, or it itself, is named for. */
export function mends(fix: Fix, named: Fix): boolean {
  return fix === named || leadsTo[named]?.includes(fix) === true
}

/** What the person has just done, carried to the next screen in the history entry: `navigate(place(visit), { state: done })`. */
export type Done = {
  readonly paid?: Money
  readonly method?: Method
  readonly saved?: boolean
  /** Billing details were completed. */
  readonly details?: boolean
  /** The spending limit that holds now. */
  readonly cap?: Money
  /** A countdown ran out. */
  readonly waited?: boolean
  /** A change that cost nothing now. */
  readonly changed?: boolean
  /** A change that begins later. */
  readonly planned?: boolean
  /** Whether credits buy themselves from now on, where that was wished for. */
  readonly recharge?: 'on' | 'failed'
}

/** What a history entry says was done; nothing where it says nothing. It is written by this app alone. */
export function doneIn(state: unknown): Done {
  return typeof state === 'object' && state !== null ? (state as Done) : {}
}

/** What somebody has just signed out of, carried in the history entry: the app is all that is left to go to. */
export type Left = { readonly left: Pick<Visit, 'merchant' | 'account' | 'app'> }

export function leftIn(state: unknown): Left['left'] | undefined {
  return typeof state === 'object' && state !== null && 'left' in state ? (state as Left).left : undefined
}
