import type { Visit } from '#contract/visit.ts'
import type { Instant } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Bar } from '#ui/bar.tsx'
import { VisuallyHidden } from '#ui/visually-hidden.tsx'
import { useState } from 'react'
import { coarse, useSecondsLeft, useStillness } from './time-left.ts'

/** Longer waits also say at what time they are over, in seconds. */
const LONG = 120

type CountdownProps = {
  readonly visit: Visit
  readonly until: Instant
  /** When the visit was read, by the device's clock in milliseconds. */
  readonly readAt: number
  /** The whole window in seconds, where it is known. */
  readonly whole: number | undefined
}

/** The time that is left: ticking for the eye, in a few steps for the ear, in those steps for who wants no motion. */
export function Countdown({ visit, until, readAt, whole }: CountdownProps) {
  const { say } = useWords()
  const format = useFormat()
  const still = useStillness()
  const left = useSecondsLeft(until, visit, readAt)
  const [first] = useState(left)
  const span = format.span(coarse(left))
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col">
        <span id="time-left" className="text-quiet">
          <Words id="wait.left" />
        </span>
        <span role="timer" aria-labelledby="time-left" className="text-display font-semibold tabular-nums">
          {left === 0 ? (
            <Words id="wait.over" />
          ) : (
            <bdi>{still ? say('wait.about', { span }) : format.countdown(left)}</bdi>
          )}
        </span>
      </div>
      <Bar part={1 - left / Math.max(1, whole ?? first)} />
      <VisuallyHidden>
        <output>{left === 0 ? say('wait.over') : say('wait.spoken', { span })}</output>
      </VisuallyHidden>
      {first > LONG && (
        <p className="text-small text-quiet">
          <Words id="wait.until" values={{ time: format.time(until) }} />
        </p>
      )}
    </div>
  )
}
