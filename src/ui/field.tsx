import type { ComponentProps, ReactNode } from 'react'

type Labelled = {
  /** Unique on the page; an error summary links to it. */
  readonly id: string
  readonly label: ReactNode
  /** Stands beside the label, quietly: "optional". */
  readonly note?: ReactNode
  /** What it looks like: "DE123456789". Read out with the field. */
  readonly hint?: ReactNode
  /** What is wrong and what to do. */
  readonly error?: ReactNode
}

const look =
  'min-h-12 w-full min-w-0 rounded-control border bg-surface px-3 py-2 text-lead text-ink aria-invalid:border-danger border-edge'

function Field({ id, label, note, hint, error, children }: Labelled & { readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
        {note !== undefined && <span className="font-normal text-quiet"> {note}</span>}
      </label>
      {children}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-small font-medium text-danger">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-small text-quiet">
          {hint}
        </p>
      )}
    </div>
  )
}

function described({ id, hint, error }: Labelled) {
  const about = [error !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`].filter(Boolean).join(' ')
  return { 'aria-invalid': error !== undefined || undefined, 'aria-describedby': about || undefined }
}

type TextFieldProps = Labelled &
  Omit<ComponentProps<'input'>, 'id' | 'className' | 'onChange'> & { readonly onType: (text: string) => void }

/** One line of text. */
export function TextField({ id, label, note, hint, error, onType, type = 'text', ...rest }: TextFieldProps) {
  const about = { id, label, note, hint, error }
  return (
    <Field {...about}>
      <input
        {...rest}
        {...described(about)}
        id={id}
        type={type}
        onChange={({ currentTarget }) => onType(currentTarget.value)}
        className={look}
      />
    </Field>
  )
}

type TextAreaProps = Labelled &
  Omit<ComponentProps<'textarea'>, 'id' | 'className' | 'onChange'> & { readonly onType: (text: string) => void }

/** Several lines of text. */
export function TextArea({ id, label, note, hint, error, onType, ...rest }: TextAreaProps) {
  const about = { id, label, note, hint, error }
  return (
    <Field {...about}>
      <textarea
        {...rest}
        {...described(about)}
        id={id}
        onChange={({ currentTarget }) => onType(currentTarget.value)}
        className={look}
      />
    </Field>
  )
}

type Option = { readonly value: string; readonly label: string }

type SelectFieldProps = Labelled &
  Omit<ComponentProps<'select'>, 'id' | 'className' | 'onChange'> & {
    readonly onChoose: (value: string) => void
    readonly groups: readonly { readonly label?: string; readonly options: readonly Option[] }[]
    /** Said while nothing is chosen. */
    readonly empty?: string
  }

/** One of many. */
export function SelectField({ id, label, note, hint, error, onChoose, groups, empty, ...rest }: SelectFieldProps) {
  const about = { id, label, note, hint, error }
  return (
    <Field {...about}>
      <span className="relative block">
        <select
          {...rest}
          {...described(about)}
          id={id}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
          className={`${look} cursor-pointer appearance-none pe-10 text-ellipsis`}
        >
          {empty !== undefined && <option value="">{empty}</option>}
          {groups.map((group) =>
            group.label === undefined ? (
              <Options key="" options={group.options} />
            ) : (
              <optgroup key={group.label} label={group.label}>
                <Options options={group.options} />
              </optgroup>
            ),
          )}
        </select>
        <svg
          viewBox="0 0 20 20"
          aria-hidden="true"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="pointer-events-none absolute end-3 top-1/2 size-5 -translate-y-1/2 text-quiet"
        >
          <path d="M4.75 7.5 10 12.75 15.25 7.5" />
        </svg>
      </span>
    </Field>
  )
}

function Options({ options }: { readonly options: readonly Option[] }) {
  return options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ))
}
