import { useId, useState, type PointerEvent, type ReactNode } from 'react'

type ChartDay = {
  readonly key: number
  readonly value: number
  /** The day with its figure, as it is read out: "3 November: 1,200 requests". */
  readonly said: string
}

type DayChartProps = {
  readonly days: readonly ChartDay[]
  /** What the picture shows, in one sentence. */
  readonly title: string
  /** What the control that goes from day to day is called. */
  readonly label: string
  /** What a day would be if all were used evenly, in the unit of the days. */
  readonly even?: number
  readonly first: ReactNode
  readonly last: ReactNode
}

const STEP = 10
const GAP = 2
const HEIGHT = 100

/**
 * One bar for each day. The arrow keys, a finger or the mouse go from day to day; the day's figure stands above. The same
 * figures belong in a table beside it.
 */
export function DayChart({ days, title, label, even, first, last }: DayChartProps) {
  const id = useId()
  const [chosen, choose] = useState<number>()
  const at = Math.min(chosen ?? days.length - 1, days.length - 1)
  const top = Math.max(...days.map(({ value }) => value), even ?? 0) || 1
  const width = days.length * STEP

  function point({ currentTarget, clientX, pointerType }: PointerEvent<HTMLElement>) {
    if (pointerType !== 'mouse') return
    const { left, right } = currentTarget.getBoundingClientRect()
    const part = (clientX - left) / (right - left)
    const fromStart = currentTarget.matches(':dir(rtl)') ? 1 - part : part
    choose(Math.min(days.length - 1, Math.max(0, Math.floor(fromStart * days.length))))
  }

  return (
    <div className="flex flex-col gap-2">
      <p className="min-h-6 tabular-nums">{days[at]?.said}</p>
      <div
        onPointerMove={point}
        className="relative rounded-control has-focus-visible:outline-2 has-focus-visible:outline-offset-4 has-focus-visible:outline-accent"
      >
        <svg
          role="img"
          aria-labelledby={id}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="block h-40 w-full rtl:-scale-x-100"
        >
          <title id={id}>{title}</title>
          {days.map(({ key, value }, index) => {
            const height = value === 0 ? 0 : Math.max(1, (value / top) * (HEIGHT - 1))
            return (
              <rect
                key={key}
                x={index * STEP + GAP / 2}
                y={HEIGHT - height}
                width={STEP - GAP}
                height={height}
                className={`${index === at ? 'fill-accent-strong' : 'fill-accent opacity-60'} forced-color-adjust-none forced-colors:fill-[CanvasText]`}
              />
            )
          })}
          {even !== undefined && (
            <path
              d={`M0 ${HEIGHT - (even / top) * (HEIGHT - 1)}H${width}`}
              strokeDasharray="4 4"
              vectorEffect="non-scaling-stroke"
              className="fill-none stroke-ink forced-colors:stroke-[Highlight]"
            />
          )}
          <path d={`M0 ${HEIGHT}H${width}`} vectorEffect="non-scaling-stroke" className="stroke-edge" strokeWidth="2" />
        </svg>
        <input
          type="range"
          aria-label={label}
          aria-valuetext={days[at]?.said}
          min={0}
          max={Math.max(0, days.length - 1)}
          value={at}
          onChange={({ currentTarget }) => choose(Number(currentTarget.value))}
          className="absolute inset-0 m-0 size-full cursor-crosshair opacity-0"
        />
      </div>
      <p aria-hidden="true" className="flex justify-between text-small text-quiet tabular-nums">
        <span>{first}</span>
        <span>{last}</span>
      </p>
    </div>
  )
}
