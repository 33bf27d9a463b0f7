import type { Letter } from './letter.ts'
import { dayAndTime, oneLine } from '#server/plain.ts'

type DetailsWords = {
  readonly merchant: string
  readonly account: string
  readonly who: string | undefined
  /** Unix seconds. */
  readonly at: number
}

/** To the address that invoices no longer go to, so that nobody is cut off unawares. The new one is not told to it. */
export function detailsLetter({ merchant, account, who, at }: DetailsWords): Letter {
  return {
    subject: oneLine(`Invoices of ${merchant} for ${account} go to another address`),
    greeting: 'Hello,',
    paragraphs: [
      oneLine(`${who ?? 'Somebody'} of ${account} has changed the address to which ${merchant} sends invoices.`),
      `It was changed on ${dayAndTime(at)}, and holds for invoices from then on.`,
    ],
    action: 'See the billing details',
    foot: [oneLine(`If nobody at ${account} did this, answer ${merchant} at once.`)],
  }
}
