import { Fragment, type ReactNode } from 'react'

type StepperProps = {
  /** Read before the steps: "Step 1 of 2". */
  readonly label: ReactNode
  readonly steps: readonly { readonly key: string; readonly name: ReactNode }[]
  /** Index of the step at hand; those before are done. */
  readonly current: number
}

export function Stepper({ label, steps, current }: StepperProps) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 text-small text-quiet">
      <span className="font-medium tabular-nums">{label}</span>
      <span aria-hidden="true">·</span>
      <ol className="flex flex-wrap items-baseline gap-x-2">
        {steps.map(({ key, name }, index) => (
          <Fragment key={key}>
            {index > 0 && (
              <li aria-hidden="true" role="presentation" className="rtl:-scale-x-100">
                →
              </li>
            )}
            <li aria-current={index === current ? 'step' : undefined} className={index === current ? 'text-ink' : ''}>
              {name}
            </li>
          </Fragment>
        ))}
      </ol>
    </div>
  )
}
