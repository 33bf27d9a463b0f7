import type { Letter } from './letter.ts'
import { dayAndTime, oneLine } from '#server/plain.ts'

type SignInWords = {
  readonly merchant: string
  /** Unix seconds. */
  readonly expires: number
}

/** Six digits and nothing to click: mail scanners follow links. It names no account, since letters are forwarded. */
export function signInLetter({ merchant, expires }: SignInWords): Letter {
  return {
    subject: oneLine(`Your code for billing at ${merchant}`),
    greeting: 'Hello,',
    paragraphs: ['Type this code where you asked for it. It works only in that browser.'],
    action: 'Your code',
    foot: [
      `It works once, until ${dayAndTime(expires)}. Give it to nobody: ${merchant} never asks for it.`,
      'If you did not ask for it, you need not do anything. Nobody gets in without it.',
    ],
  }
}
