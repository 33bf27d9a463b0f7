import { members } from './members.ts'
import type { Said } from './promise.ts'

/** Tells the portal who the account is: `PUT /v1/accounts/{id}`. Throws when it does not take it. */
export async function registerAccount(
  { portal, key }: { readonly portal: string; readonly key: string },
  account: Pick<Said, 'seats' | 'members'> & {
    readonly id: string
    readonly label: string
    readonly customer: string
    readonly hold?: { readonly since: number; readonly note: string }
  },
): Promise<void> {
  const response = await fetch(new URL(`/v1/accounts/${encodeURIComponent(account.id)}`, portal), {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      label: account.label,
      members: account.members ?? members,
      hold: account.hold,
      seats: account.seats,
      stripe_customer: account.customer === '' ? undefined : account.customer,
    }),
  })
  if (!response.ok) {
    throw new Error(`the portal did not take the account ${account.id}: ${response.status} ${await response.text()}`)
  }
}
