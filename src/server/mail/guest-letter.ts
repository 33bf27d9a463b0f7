import type { Debt } from '#diagnosis/diagnosis.ts'
import type { Letter } from './letter.ts'
import { dayAndTime, money, oneLine } from '#server/plain.ts'

export type GuestWords = {
  readonly merchant: string
  readonly account: string
  readonly maker: string | undefined
  readonly debt: Debt
  readonly note: string | undefined
  /** Unix seconds. */
  readonly expires: number
}

/** To somebody without a login, who is to pay one thing: what, how much, one link. */
export function guestLetter({ merchant, account, maker, debt, note, expires }: GuestWords): Letter {
  const total = money(debt.total)
  const who = maker === undefined ? account : `${maker} of ${account}`
  const several = debt.invoices.length > 1
  return {
    subject: oneLine(`${account} asks you to pay ${total} to ${merchant}`),
    greeting: 'Hello,',
    paragraphs: [
      `${who} asks you to pay ${several ? 'these invoices' : 'this invoice'} of ${merchant}:`,
      ...debt.invoices.map(({ number, remaining }) => `${number ?? 'Invoice'}: ${money(remaining)}`),
      ...(note === undefined ? [] : [`${maker ?? account} writes: “${oneLine(note)}”`]),
    ],
    action: `Pay ${total}`,
    foot: [
      `The link opens this one payment, by card, and nothing else of the account. It works until ${dayAndTime(expires)}.`,
      `${merchant} sends this because ${who} asked for it. If you did not expect it, ask them before you pay.`,
    ],
  }
}
