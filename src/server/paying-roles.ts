import type { SessionRole } from '#contract/account.ts'

/** Who moves money. A guest's one payment is decided by their link, not by their role. */
export const payingRoles: readonly SessionRole[] = ['owner', 'billing_admin']
