import { useState } from 'react'
import { Icon } from './icon.tsx'

type CopyInlineProps = {
  readonly text: string
  /** What the button is called: "Copy cus_123". */
  readonly label: string
  /** Said once it is copied. */
  readonly copied: string
}

/** A short text that is read, selected whole, and copied by the button beside it. */
export function CopyInline({ text, label, copied }: CopyInlineProps) {
  const [isCopied, setIsCopied] = useState(false)
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setIsCopied(true)
    } catch {
      // The text itself can be selected.
      setIsCopied(false)
    }
  }
  return (
    <span className="inline-flex max-w-full items-center gap-1 align-bottom">
      <code className="min-w-0 font-mono text-small break-all select-all">{text}</code>
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={() => void copy()}
        className="inline-grid size-6 shrink-0 cursor-pointer place-items-center rounded-control text-quiet hover:bg-sunken hover:text-ink"
      >
        <Icon name={isCopied ? 'success' : 'copy'} />
      </button>
      <output className="sr-only">{isCopied ? copied : ''}</output>
    </span>
  )
}
