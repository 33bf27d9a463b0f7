/** Every address of the desk. */
export const paths = {
  home: '/',
  account: '/accounts/:app/:account',
  insight: '/insight',
  audit: '/audit',
} as const

/** With the refused request that is asked about, where one is known. */
export function accountPath(app: string, account: string, check?: string): string {
  const path = `/accounts/${encodeURIComponent(app)}/${encodeURIComponent(account)}`
  return check === undefined ? path : `${path}?check=${encodeURIComponent(check)}`
}

/** The refused request that an address names, if it is one. */
export function checkIn(search: string): string | undefined {
  const check = new URLSearchParams(search).get('check') ?? ''
  return /^chk_[\w-]{22}$/.test(check) ? check : undefined
}

/** Leads through the identity provider and back to here. */
export function signInPath(to: string): string {
  return `/sign-in/start?to=${encodeURIComponent(to)}`
}
