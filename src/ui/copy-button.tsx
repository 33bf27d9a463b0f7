import { useState, type ReactNode } from 'react'
import { Button } from './button.tsx'

type CopyButtonProps = {
  readonly text: string
  readonly children: ReactNode
  /** Replaces the words once it is copied. */
  readonly copied: ReactNode
  /** Shown with the text itself where the browser refuses the clipboard. */
  readonly refused: ReactNode
  readonly kind?: 'primary' | 'quiet'
}

export function CopyButton({ text, children, copied, refused, kind = 'primary' }: CopyButtonProps) {
  const [result, setResult] = useState<'copied' | 'refused'>()
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setResult('copied')
    } catch {
      setResult('refused')
    }
  }
  return (
    <div className="flex flex-col gap-2">
      <Button kind={kind} onClick={() => void copy()}>
        <output>{result === 'copied' ? copied : children}</output>
      </Button>
      {result === 'refused' && (
        <div role="alert" className="flex flex-col gap-2 text-small">
          <p>{refused}</p>
          <p className="rounded-control bg-sunken p-3 break-words select-all">{text}</p>
        </div>
      )}
    </div>
  )
}
