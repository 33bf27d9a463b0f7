import { useId, type ComponentProps, type ReactNode } from 'react'

type FieldProps = Omit<ComponentProps<'input'>, 'id' | 'className'> & {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** What is wrong and what to do; shown beside the field and tied to it. */
  readonly error?: ReactNode
}

export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId()
  const notes = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(
    (note) => note !== false,
  )
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-small text-quiet">
          {hint}
        </p>
      )}
      <input
        {...input}
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={notes.length > 0 ? notes.join(' ') : undefined}
        className="min-h-12 w-full rounded-control border border-edge bg-surface px-3 text-lead aria-invalid:border-danger"
      />
      {error !== undefined && (
        <p id={`${id}-error`} className="text-small font-medium text-danger">
          {error}
        </p>
      )}
    </div>
  )
}
