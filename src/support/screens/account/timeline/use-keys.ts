import { useEffect, useRef } from 'react'

const steps: Readonly<Record<string, 1 | -1>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }

/** j and k move from row to row wherever one is, arrows within the list, Escape closes. Whoever types is let type. */
export function useKeys(onEscape: () => void) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const { key, target } = event
      if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return
      if (target.closest('input, textarea, select, dialog, [contenteditable]')) return
      const inside = list.current?.contains(target) === true
      if (key === 'Escape' && inside) return onEscape()
      const step = steps[key]
      if (step === undefined || (key.startsWith('Arrow') && !inside)) return
      const rows = [...(list.current?.querySelectorAll<HTMLButtonElement>('button[aria-expanded]') ?? [])]
      const current = target.closest('li')?.querySelector<HTMLButtonElement>('button[aria-expanded]')
      const next = current && inside ? rows[rows.indexOf(current) + step] : rows[0]
      if (!next) return
      event.preventDefault()
      next.focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
  return list
}
