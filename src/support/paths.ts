/** Every address of the desk. */
export const paths = {
  home: '/',
  account: '/accounts/:app/:account',
  insight: '/insight',
  audit: '/audit',
} as const

export function accountPath(app: string, account: string): string {
  return `/accounts/${encodeURIComponent(app)}/${encodeURIComponent(account)}`
}

/** Leads through the identity provider and back to here. */
export function signInPath(to: string): string {
  return `/sign-in/start?to=${encodeURIComponent(to)}`
}
