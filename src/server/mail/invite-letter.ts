import type { Role } from '#contract/account.ts'
import type { Letter } from './letter.ts'
import { oneLine } from '#server/plain.ts'

/** What each role opens, inside a sentence. */
const allows = {
  owner: 'see and pay everything, and decide who else may',
  billing_admin: 'see and pay everything',
  member: 'see how the account stands and ask others to pay',
  viewer: 'see how the account stands',
} as const satisfies Record<Role, string>

type InviteWords = {
  readonly merchant: string
  readonly app: string
  readonly account: string
  readonly inviter: string | undefined
  readonly email: string
  readonly role: Role
}

/** To somebody new: who asks them in, what they may do, one link that opens nothing by itself. */
export function inviteLetter({ merchant, app, account, inviter, email, role }: InviteWords): Letter {
  const who = inviter ?? `An owner of ${account}`
  return {
    subject: oneLine(`You are invited to the billing of ${account} at ${merchant}`),
    greeting: 'Hello,',
    paragraphs: [
      oneLine(`${who} invites you to the billing of ${account} for ${app}. You can ${allows[role]}.`),
      `Sign in with this address, ${email}: you get a code by e-mail and need no password.`,
    ],
    action: 'Sign in',
    foot: [
      oneLine(`${merchant} sends this because ${who} asked for it.`),
      'If you did not expect it, you need not do anything.',
    ],
  }
}
