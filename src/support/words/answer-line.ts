import type { DeskAnswer } from '#contract/desk-answer.ts'
import { format } from '#support/format.ts'
import { whoWords } from './answer.ts'
import { screenWords } from './screens.ts'

const sources = {
  live: (moment: string) => `As of ${moment}.`,
  mirror: (moment: string) => `Stripe does not answer; this was so at ${moment}.`,
  none: () => 'Stripe does not answer, so it could not be checked.',
} as const

/** The whole answer in a few sentences, to be read out or pasted: nobody's name, no code that must not be told. */
export function answerLine({ account, app, now, verdict, blockers, pending, asOf, stripe, link }: DeskAnswer): string {
  const [first, ...others] = blockers
  const who = `${account.label} (${app.name})`
  const seen = sources[stripe.source](format.moment(asOf, now))
  const unsure = pending.length > 0 ? 'A payment may be on its way: please do not pay again.' : undefined
  if (verdict === 'unchecked') return [`${who} could not be checked.`, unsure, seen].filter(isSaid).join(' ')
  if (!first) return [`${who} is served: nothing stops it.`, unsure, seen].filter(isSaid).join(' ')
  return [
    `${who} is refused: ${first.title}.`,
    first.sentence,
    ...others.map(({ title }) => `Then: ${title}.`),
    unsure,
    `Who can mend it: ${whoWords[first.blocker.who]}.`,
    `${screenWords[link.screen]}: ${link.url}`,
    seen,
  ]
    .filter(isSaid)
    .join(' ')
}

function isSaid(sentence: string | undefined): sentence is string {
  return sentence !== undefined
}
