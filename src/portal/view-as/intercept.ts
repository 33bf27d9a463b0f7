/** What was pressed in a view, and that it was not done. */
export type Pressed = { readonly kind: 'pressed' | 'followed'; readonly name: string }

/** A view's own controls. */
const OWN = 'data-view-as'
/** Buttons of the customer's pages that only read on. */
const READS = 'data-reads'

/**
 * Takes every press on `root` before the page hears of it, and says what it would have been: only links within `base`,
 * what opens and closes, and what reads on are let through. Answers how to stop.
 */
export function intercept(root: Document, base: string, say: (pressed: Pressed) => void): () => void {
  function press(event: Event) {
    const told = judge(event.target, base)
    if (!told) return
    event.preventDefault()
    event.stopPropagation()
    say(told)
  }
  // A form that is sent by the Enter key has no press of its own.
  root.addEventListener('click', press, { capture: true })
  root.addEventListener('auxclick', press, { capture: true })
  root.addEventListener('submit', press, { capture: true })
  return () => {
    for (const kind of ['click', 'auxclick', 'submit']) root.removeEventListener(kind, press, { capture: true })
  }
}

function judge(target: EventTarget | null, base: string): Pressed | undefined {
  if (!(target instanceof Element) || target.closest(`[${OWN}]`)) return undefined
  if (target instanceof HTMLFormElement)
    return { kind: 'pressed', name: nameOf(target.querySelector('[type=submit]') ?? target) }
  const control = target.closest('a[href], button, input[type=submit], [role=button], [role=switch]')
  if (!control) return undefined
  if (control instanceof HTMLAnchorElement)
    return isWithin(control, base) ? undefined : { kind: 'followed', name: nameOf(control) }
  const harmless = control.hasAttribute('aria-expanded') || control.hasAttribute(READS)
  return harmless ? undefined : { kind: 'pressed', name: nameOf(control) }
}

function isWithin({ href }: HTMLAnchorElement, base: string): boolean {
  const { origin, pathname } = new URL(href)
  return origin === window.location.origin && (pathname === base || pathname.startsWith(`${base}/`))
}

function nameOf(control: Element): string {
  return (control.getAttribute('aria-label') ?? control.textContent).replaceAll(/\s+/g, ' ').trim()
}
