type LimitBarProps = {
  /** Absent: nobody knows. Then the bar is drawn hatched, which is not empty. */
  readonly used: number | undefined
  readonly limit: number
  /** How much of the time is over, from 0 to 1. */
  readonly elapsed?: number
  readonly tone?: 'accent' | 'warning'
}

const WIDTH = 1_000
const HATCHES = Array.from({ length: 51 }, (_, index) => index * 20)

/**
 * What is used, up to the limit at its end, and a marker where it would stand if all were used evenly. What is beyond the
 * limit goes on behind it. The numbers stand beside it in words, so it is not read out.
 */
export function LimitBar({ used, limit, elapsed, tone = 'accent' }: LimitBarProps) {
  const whole = Math.max(limit, used ?? 0, Number.MIN_VALUE)
  const end = (limit / whole) * WIDTH
  const filled = ((used ?? 0) / whole) * WIDTH
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} 14`}
      preserveAspectRatio="none"
      className="block h-3.5 w-full rtl:-scale-x-100"
    >
      {used === undefined ? (
        <g className="stroke-edge" strokeWidth="1">
          {HATCHES.map((x) => (
            <path key={x} d={`M${x} 10V4`} vectorEffect="non-scaling-stroke" />
          ))}
        </g>
      ) : (
        <>
          <rect
            x="0"
            y="4"
            width={WIDTH}
            height="6"
            className="fill-sunken stroke-hairline forced-colors:stroke-[CanvasText]"
          />
          <rect x="0" y="4" width={Math.min(filled, end)} height="6" className={fills[tone]} />
          {filled > end && (
            <rect x={end} y="4" width={filled - end} height="6" className={`${fills[tone]} opacity-50`} />
          )}
        </>
      )}
      {elapsed !== undefined && used !== undefined && (
        <path
          d={`M${Math.min(1, Math.max(0, elapsed)) * end} 1V13`}
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
          className="stroke-ink forced-colors:stroke-[CanvasText]"
        />
      )}
      <path
        d={`M${Math.max(1, end - 1)} 2V12`}
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
        className="stroke-edge forced-colors:stroke-[CanvasText]"
      />
    </svg>
  )
}

const fills = {
  accent: 'fill-accent forced-colors:fill-[Highlight]',
  warning: 'fill-warning forced-colors:fill-[Highlight]',
} as const
