import type { DeskActs } from '#contract/desk-acts.ts'
import { format } from '#support/format.ts'
import { standsWords } from '#support/words/acts.ts'

/** What stands of what support and the app have decided. */
export function Standing({ acts: { grace, goodwill, hold, now } }: { readonly acts: DeskActs }) {
  const day = (instant: number) => format.day(instant, now)
  const lines = [
    hold.staff && [standsWords.staffHold(day(hold.staff.since)), hold.staff.note && standsWords.reads(hold.staff.note)],
    hold.app && [standsWords.appHold(day(hold.app.since)), hold.app.note && standsWords.reads(hold.app.note)],
    grace.until !== undefined && [standsWords.grace(day(grace.until))],
    ...goodwill.given.map((gift) => [giftIn(gift, day)]),
  ].flatMap((line) => (line ? [line.filter((part) => part !== undefined && part !== '').join(' ')] : []))
  if (lines.length === 0) return null
  return (
    <ul className="flex flex-col gap-1">
      {lines.map((line, index) => (
        <li key={`${index} ${line}`}>{line}</li>
      ))}
    </ul>
  )
}

const tenses = {
  given: standsWords.gift,
  unknown: standsWords.giftUnknown,
  refused: standsWords.giftRefused,
} as const

function giftIn(
  { at, credits, money, state }: DeskActs['goodwill']['given'][number],
  day: (instant: number) => string,
): string {
  const what = money ? format.money(money) : standsWords.credits(format.number(credits ?? 0))
  return tenses[state](what, day(at))
}
