import { useId, type ReactNode } from 'react'

type StepperProps = {
  /** Read before the steps: "Step 1 of 2". */
  readonly label: ReactNode
  readonly steps: readonly { readonly key: string; readonly name: ReactNode }[]
  /** Index of the step at hand; those before are done. */
  readonly current: number
}

export function Stepper({ label, steps, current }: StepperProps) {
  const id = useId()
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 text-small text-quiet">
      <span id={id} className="font-medium tabular-nums">
        {label}
      </span>
      <span aria-hidden="true">·</span>
      <ol aria-labelledby={id} className="flex flex-wrap items-baseline gap-x-2">
        {steps.map(({ key, name }, index) => (
          <li key={key} aria-current={index === current ? 'step' : undefined} className="flex gap-x-2">
            {index > 0 && (
              <span aria-hidden="true" className="rtl:-scale-x-100">
                →
              </span>
            )}
            <span className={index === current ? 'text-ink' : ''}>{name}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
