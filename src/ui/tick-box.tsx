import type { ReactNode } from 'react'

type TickBoxProps = {
  readonly label: ReactNode
  /** A quieter second line. */
  readonly detail?: ReactNode
  readonly ticked: boolean
  readonly onTick: (ticked: boolean) => void
}

/** A yes that nobody has given beforehand. */
export function TickBox({ label, detail, ticked, onTick }: TickBoxProps) {
  return (
    <label className="flex cursor-pointer items-start gap-3">
      <input
        type="checkbox"
        checked={ticked}
        onChange={({ currentTarget }) => onTick(currentTarget.checked)}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <span className="min-w-0">
        <span className="block">{label}</span>
        {detail !== undefined && <span className="block text-small text-quiet">{detail}</span>}
      </span>
    </label>
  )
}
