import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'

type DialogProps = {
  readonly title: ReactNode
  readonly onClose: () => void
  /** What the button that closes it says. */
  readonly close: ReactNode
  readonly children: ReactNode
}

/** A page laid over the page: the browser keeps the focus in it, and Escape closes it. From below on phones. */
export function Dialog({ title, onClose, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  // Open before what is in it asks for the focus: what is not shown cannot have it.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      // React hands on what happens in a dialog within this one.
      onClose={({ target, currentTarget }) => target === currentTarget && onClose()}
      className="mx-auto mt-auto mb-0 max-h-[92dvh] w-full max-w-full overflow-y-auto rounded-t-card border border-hairline bg-surface p-4 text-body text-ink shadow-float backdrop:bg-ink/35 sm:my-auto sm:max-w-corridor sm:rounded-card sm:p-6 dark:backdrop:bg-ground/70"
    >
      <div className="flex flex-col gap-6">
        <div className="flex items-baseline justify-between gap-4">
          <h2 id={id} className="text-title font-semibold">
            {title}
          </h2>
          <button type="button" onClick={() => dialog.current?.close()} className="link target shrink-0">
            {close}
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
