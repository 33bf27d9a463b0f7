import { useId, type ReactNode } from 'react'
import { VisuallyHidden } from './visually-hidden.tsx'

type StepperProps = {
  /** Read before the steps: "Step 1 of 2". */
  readonly label: ReactNode
  readonly steps: readonly { readonly key: string; readonly name: ReactNode }[]
  /** Index of the step at hand; those before are done. One past the last when all are. */
  readonly current: number
  /** Said after the name of a step that is done; the eye gets a tick. */
  readonly done: ReactNode
}

export function Stepper({ label, steps, current, done }: StepperProps) {
  const id = useId()
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 text-small text-quiet">
      <span id={id} className="font-medium tabular-nums">
        {label}
      </span>
      <span aria-hidden="true">·</span>
      <ol aria-labelledby={id} className="contents">
        {steps.map(({ key, name }, index) => (
          <li key={key} aria-current={index === current ? 'step' : undefined} className="flex gap-x-2">
            {index > 0 && (
              <span aria-hidden="true" className="rtl:-scale-x-100">
                →
              </span>
            )}
            <span className={index === current ? 'text-ink' : ''}>
              {index < current && <Tick />}
              {name}
              {index < current && <VisuallyHidden> ({done})</VisuallyHidden>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function Tick() {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="me-1 inline size-4 align-text-bottom text-success"
    >
      <path d="M4.5 10.5 8.5 14.5 15.5 6" />
    </svg>
  )
}
