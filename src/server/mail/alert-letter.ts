import type { Letter } from './letter.ts'
import { count, day, oneLine, timeOfDay } from '#server/plain.ts'

type Told =
  | { readonly kind: 'below'; readonly value: number; readonly balance: number }
  | {
      readonly kind: 'percent' | 'units'
      readonly value: number
      readonly name: string
      readonly unit: string
      readonly used: number
      readonly included: number
      /** Unix seconds. */
      readonly resets: number
    }

type AlertWords = {
  readonly merchant: string
  readonly app: string
  readonly account: string
  readonly reader: string | undefined
  readonly alerts: readonly Told[]
  readonly now: number
}

/** What was reached, how much is used of what, and when it starts again. No sums: letters are forwarded. */
export function alertLetter({ merchant, app, account, reader, alerts, now }: AlertWords): Letter {
  const [first] = alerts
  const more = alerts.length > 1 ? `, and ${alerts.length - 1} more` : ''
  return {
    subject: oneLine(`${account}: ${first ? titleOf(first) : 'usage'}${more}`),
    greeting: reader === undefined ? 'Hello,' : `Hello ${reader},`,
    paragraphs: [
      `You asked to be told about what ${account} uses of ${app}. As of ${timeOfDay(now)}:`,
      ...alerts.map(lineOf),
    ],
    action: 'See what is used',
    foot: [`${merchant} sends this once for each alert in a period, to everybody who pays for ${account}.`],
  }
}

function titleOf(told: Told): string {
  if (told.kind === 'below') return `fewer than ${count(told.value)} credits are left`
  return told.kind === 'percent'
    ? `${count(told.value)} % of ${told.name} is used`
    : `${count(told.value)} ${told.unit} of ${told.name} are used`
}

function lineOf(told: Told): string {
  if (told.kind === 'below') return `Credits: ${count(told.balance)} are left, fewer than ${count(told.value)}.`
  const { name, unit, used, included, resets } = told
  const of = included > 0 ? ` of ${count(included)}` : ''
  return `${name}: ${count(used)}${of} ${unit} are used. It starts again on ${day(resets)}.`
}
