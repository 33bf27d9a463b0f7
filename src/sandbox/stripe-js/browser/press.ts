export type Press = {
  /** Acts now, or, while a pointer is down, after the click that its release makes. Of several waiting acts the last counts. */
  letGo(act: () => void): void
  stop(): void
}

/**
 * Whether a pointer is down on the merchant's page. Pressing a button blurs the field that was typed in, whose fault
 * then shows; a page that moved at that moment would take the button away from under the pointer, and there would be no click.
 */
export function watchPress(): Press {
  let down = false
  let waiting: (() => void) | undefined
  const settle = () => {
    if (down) return
    waiting?.()
    waiting = undefined
  }
  const press = () => {
    down = true
  }
  const release = () => {
    down = false
    // The click is dispatched in the same turn as the release, after it.
    setTimeout(settle)
  }
  // A release outside the window, or while a dialog of the browser is open, is never told.
  const hover = ({ buttons }: PointerEvent) => {
    if (down && buttons === 0) release()
  }
  const heard = [
    ['pointerdown', press],
    ['pointerup', release],
    ['pointercancel', release],
    ['pointermove', hover],
  ] as const
  for (const [name, hear] of heard) window.addEventListener(name, hear, true)
  return {
    letGo(act) {
      waiting = act
      settle()
    },
    stop() {
      for (const [name, hear] of heard) window.removeEventListener(name, hear, true)
    },
  }
}
