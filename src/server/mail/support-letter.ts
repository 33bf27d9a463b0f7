import type { Fix, Reason } from '#diagnosis/reason.ts'
import { fixLabels } from '#diagnosis/fix-labels.ts'
import { causes } from './ask-letter.ts'
import type { Letter } from './letter.ts'
import { oneLine } from '#server/plain.ts'

type SupportWords = {
  readonly merchant: string
  readonly app: string
  readonly account: string
  /** Absent where it is not known what is wrong. */
  readonly reason: Reason | undefined
  readonly fix: Fix
  readonly to: string | undefined
}

/** The exact fix, from the merchant's support: no names of staff, no amounts, and a link that lets nobody in. */
export function supportLetter({ merchant, app, account, reason, fix, to }: SupportWords): Letter {
  const cause = causes[reason ?? 'unknown']
  return {
    subject: oneLine(`${merchant} support: how to mend ${app} for ${account}`),
    greeting: to === undefined ? 'Hello,' : `Hello ${to},`,
    paragraphs: [
      `${merchant} support sent you this link to fix ${app} for ${account}: ${cause}.`,
      'It leads to the page that mends it. It asks who you are first: sign in as you always do.',
    ],
    action: fixLabels[fix],
    foot: [
      `The link lets nobody in by itself and asks for no password or card number by e-mail.`,
      `${merchant} sends this because somebody of ${account} asked its support. If it was not you, you need not do anything.`,
    ],
  }
}
