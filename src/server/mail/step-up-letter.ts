import type { Letter } from './letter.ts'
import { dayAndTime, oneLine } from '#server/plain.ts'

type StepUpWords = {
  readonly merchant: string
  /** Unix seconds. */
  readonly expires: number
}

/** Six digits for somebody who is signed in and about to change something. It names no account: letters are forwarded. */
export function stepUpLetter({ merchant, expires }: StepUpWords): Letter {
  return {
    subject: oneLine(`Your code to confirm a change at ${merchant}`),
    greeting: 'Hello,',
    paragraphs: ['Type this code in the billing page where you are making the change. It works nowhere else.'],
    action: 'Your code',
    foot: [
      `It works once, until ${dayAndTime(expires)}. Give it to nobody: ${merchant} never asks for it.`,
      'If you are not changing anything, somebody else is signed in as you. End that under “Privacy & sign-ins”, and tell us.',
    ],
  }
}
