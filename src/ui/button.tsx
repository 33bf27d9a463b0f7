import type { ComponentProps, MouseEvent, ReactNode } from 'react'

export type ButtonKind = 'primary' | 'quiet'

const shape =
  'inline-grid min-h-12 cursor-pointer items-center justify-items-center rounded-control border px-6 py-2 text-center text-lead text-balance font-semibold no-underline select-none transition-colors'

const kinds = {
  primary: `${shape} border-transparent bg-accent text-on-accent hover:bg-accent-strong active:bg-accent-strong`,
  quiet: `${shape} border-edge bg-transparent text-ink hover:bg-sunken active:bg-sunken`,
} as const satisfies Record<ButtonKind, string>

/** The look of a button for something that is a link: `<a className={buttonLook('primary')}>`. */
export function buttonLook(kind: ButtonKind, wide = true): string {
  return wide ? `${kinds[kind]} w-full` : kinds[kind]
}

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled' | 'className'> & {
  readonly kind?: ButtonKind
  readonly wide?: boolean
  /** While true the button stays focusable, says so, and swallows clicks. */
  readonly busy?: boolean
  /** What it says while busy: "Paying…". The width is that of the longer of the two. */
  readonly busyText?: ReactNode
}

export function Button({
  kind = 'primary',
  wide = true,
  busy = false,
  busyText,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  function click(event: MouseEvent<HTMLButtonElement>) {
    if (busy) event.preventDefault()
    else onClick?.(event)
  }
  const showsBusy = busy && busyText !== undefined
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={busy || undefined}
      onClick={click}
      className={`${buttonLook(kind, wide)} aria-disabled:cursor-default aria-disabled:opacity-80`}
    >
      <span className={showsBusy ? 'invisible col-start-1 row-start-1' : 'col-start-1 row-start-1'}>{children}</span>
      {busyText !== undefined && (
        <span className={showsBusy ? 'col-start-1 row-start-1' : 'invisible col-start-1 row-start-1'}>{busyText}</span>
      )}
    </button>
  )
}

/** A button that reads as a quiet link, for the other ways. */
export function LinkButton({ type = 'button', ...rest }: Omit<ComponentProps<'button'>, 'className'>) {
  return <button {...rest} type={type} className="link target text-start" />
}
