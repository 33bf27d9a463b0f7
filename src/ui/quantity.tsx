import { useId, useState, type ReactNode } from 'react'

type QuantityProps = {
  readonly label: ReactNode
  readonly value: number
  readonly min: number
  readonly max: number
  readonly disabled?: boolean
  /** Names of the two buttons. */
  readonly fewer: string
  readonly more: string
  /** Read out with the field, and after each change. */
  readonly note?: ReactNode
  readonly onChange: (value: number) => void
}

const button =
  'grid size-12 shrink-0 cursor-pointer place-items-center text-title text-ink hover:bg-sunken aria-disabled:cursor-default aria-disabled:text-edge aria-disabled:hover:bg-transparent'

/** How many: one more or fewer by a touch, any number by typing. */
export function Quantity({ label, value, min, max, disabled = false, fewer, more, note, onChange }: QuantityProps) {
  const id = useId()
  // What is half typed is nobody's wish yet.
  const [typed, setTyped] = useState<string>()

  function settle(text: string) {
    setTyped(undefined)
    const wished = Number.parseInt(text, 10)
    if (Number.isFinite(wished)) change(wished)
  }

  function change(wished: number) {
    const next = Math.min(max, Math.max(min, wished))
    if (!disabled && next !== value) onChange(next)
  }

  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {note !== undefined && (
          <output id={`${id}note`} className="block text-small text-quiet">
            {note}
          </output>
        )}
      </div>
      <div className="flex overflow-hidden rounded-control border border-edge bg-surface has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-accent">
        <button
          type="button"
          aria-label={fewer}
          aria-disabled={disabled || value <= min}
          onClick={() => change(value - 1)}
          className={button}
        >
          <span aria-hidden="true">−</span>
        </button>
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          value={typed ?? value}
          readOnly={disabled}
          aria-describedby={note === undefined ? undefined : `${id}note`}
          onChange={({ currentTarget }) => setTyped(currentTarget.value.replaceAll(/\D/g, '').slice(0, 6))}
          onBlur={({ currentTarget }) => settle(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') settle(event.currentTarget.value)
            if (event.key === 'ArrowUp') change(value + 1)
            if (event.key === 'ArrowDown') change(value - 1)
          }}
          className="w-16 border-x border-hairline bg-transparent text-center text-lead font-semibold tabular-nums outline-none"
        />
        <button
          type="button"
          aria-label={more}
          aria-disabled={disabled || value >= max}
          onClick={() => change(value + 1)}
          className={button}
        >
          <span aria-hidden="true">+</span>
        </button>
      </div>
    </div>
  )
}
