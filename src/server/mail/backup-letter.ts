import type { Method } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import type { Letter } from './letter.ts'
import { faceOf, money, oneLine } from '#server/plain.ts'

type BackupWords = {
  readonly merchant: string
  readonly account: string
  readonly reader: string | undefined
  readonly invoice: string | undefined
  readonly amount: Money
  /** What was declined, and what was charged in its place. */
  readonly failed: Method
  readonly backup: Method
  readonly came: 'paid' | 'processing' | 'declined'
}

/** What was charged to what, why not to the usual one, and where it is changed. */
export function backupLetter(words: BackupWords): Letter {
  const { merchant, account, reader, failed, backup, came } = words
  const sum = money(words.amount)
  const invoice = words.invoice === undefined ? `an invoice of ${merchant}` : `invoice ${words.invoice} of ${merchant}`
  const [usual, other] = [faceOf(failed), faceOf(backup)]
  const lines = {
    paid: {
      subject: `${account}: ${sum} was charged to your backup, ${other}`,
      body: [
        `${sum} for ${invoice} was charged to your backup, ${other}, because ${usual} was declined.`,
        `Nothing is left to pay for it. ${usual} is still charged first: replace it before the next payment.`,
      ],
    },
    processing: {
      subject: `${account}: ${sum} is being charged to your backup, ${other}`,
      body: [
        `${sum} for ${invoice} is being charged to your backup, ${other}, because ${usual} was declined.`,
        'Do not pay it again. The bank has not answered yet.',
      ],
    },
    declined: {
      subject: `${account}: neither ${usual} nor your backup could be charged`,
      body: [
        `${usual} was declined for ${sum}, which ${invoice} asks for. Your backup, ${other}, could not be charged either.`,
        'No money was taken, and the backup is not charged for this invoice again. Another payment method can pay it.',
      ],
    },
  }[came]
  return {
    subject: oneLine(lines.subject),
    greeting: reader === undefined ? 'Hello,' : `Hello ${reader},`,
    paragraphs: lines.body.map(oneLine),
    action: came === 'declined' ? 'Pay the invoice' : 'See the invoice',
    foot: [
      oneLine(
        `${merchant} charges a backup because ${account} agreed to it, once for each invoice. It is taken back at any time under “Payment methods”.`,
      ),
    ],
  }
}
