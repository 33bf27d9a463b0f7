import { timelineWords } from '#support/words/timeline.ts'
import { useState } from 'react'

const words = {
  no: timelineWords.copy,
  copied: timelineWords.copied,
  refused: timelineWords.copyRefused,
} as const

/** A small button beside an id. Where the browser refuses, the id itself can be selected. */
export function CopyId({ text }: { readonly text: string }) {
  const [state, setState] = useState<keyof typeof words>('no')
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('refused')
    }
  }
  return (
    <button type="button" className="link" aria-label={`${words[state]} ${text}`} onClick={() => void copy()}>
      {words[state]}
    </button>
  )
}
