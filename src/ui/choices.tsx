import type { ReactNode } from 'react'

type Choice<V extends string> = {
  readonly value: V
  readonly label: ReactNode
  /** A quieter second line: "Expired in September". */
  readonly detail?: ReactNode
  /** Shown, but not to be had; `detail` says why. */
  readonly disabled?: boolean
}

type ChoicesProps<V extends string> = {
  readonly legend: ReactNode
  readonly name: string
  readonly value: V | undefined
  readonly choices: readonly Choice<V>[]
  readonly onChoose: (value: V) => void
}

/** One of several, all in sight. */
export function Choices<V extends string>({ legend, name, value, choices, onChoose }: ChoicesProps<V>) {
  return (
    <fieldset className="flex flex-col">
      <legend className="mb-2 font-medium">{legend}</legend>
      <div className="flex flex-col divide-y divide-hairline rounded-control border border-edge bg-surface">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex min-h-12 cursor-pointer items-center gap-3 px-3 py-2 has-disabled:cursor-default has-disabled:text-quiet"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.disabled}
              onChange={() => onChoose(choice.value)}
              className="size-5 shrink-0 accent-accent"
            />
            <span className="min-w-0 flex-1">
              <span className="block">{choice.label}</span>
              {choice.detail !== undefined && <span className="block text-small text-quiet">{choice.detail}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
