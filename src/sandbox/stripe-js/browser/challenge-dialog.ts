import { isRecord } from './frame-protocol.ts'

export type ChallengeResult = 'complete' | 'fail'

const TITLE = '3D Secure challenge'
const TOPMOST = '2147483647'

const OVERLAY: Record<string, string> = {
  position: 'fixed',
  inset: '0',
  'z-index': TOPMOST,
  display: 'grid',
  'place-items': 'center',
  padding: '16px',
  background: 'rgb(14 16 22 / 0.5)',
  'box-sizing': 'border-box',
  opacity: '0',
  transition: 'opacity 160ms ease-out',
}

const SHEET: Record<string, string> = {
  display: 'block',
  width: 'min(26rem, 100%)',
  height: 'min(18rem, 100%)',
  border: 'none',
  'border-radius': '12px',
  background: '#fff',
  'box-shadow': '0 16px 48px rgb(14 16 22 / 0.22)',
}

const dressUp = (element: HTMLElement, declarations: Record<string, string>): void => {
  for (const [property, value] of Object.entries(declarations)) element.style.setProperty(property, value)
}

/** Everything else on the page sleeps while the bank asks, so that neither Tab nor a screen reader strays. */
function putToSleep(awake: HTMLElement): () => void {
  const others = [...document.body.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && child !== awake && !child.inert,
  )
  for (const other of others) other.inert = true
  return () => {
    for (const other of others) other.inert = false
  }
}

/**
 * Shows the bank's page over the merchant's and answers with what the customer did there.
 * As with Stripe, this is a plain element of the body: a merchant's own open <dialog> would lie over it.
 */
export function showChallenge(url: string, intent: string): Promise<ChallengeResult> {
  const { activeElement } = document
  const overlay = document.createElement('div')
  overlay.setAttribute('role', 'dialog')
  overlay.setAttribute('aria-modal', 'true')
  overlay.setAttribute('aria-label', TITLE)
  dressUp(overlay, OVERLAY)
  const frame = document.createElement('iframe')
  frame.title = TITLE
  frame.src = url
  dressUp(frame, SHEET)
  overlay.append(frame)

  const { overflow } = document.documentElement.style
  document.documentElement.style.overflow = 'hidden'
  document.body.append(overlay)
  const wake = putToSleep(overlay)
  frame.addEventListener('load', () => frame.focus())
  frame.focus()
  requestAnimationFrame(() => overlay.style.setProperty('opacity', '1'))

  // Leaving half way would leave the payment half way: Escape neither closes this nor reaches a dialog beneath.
  const swallowEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('keydown', swallowEscape, true)

  return new Promise((resolve) => {
    const hear = ({ origin, source, data }: MessageEvent<unknown>) => {
      if (source !== frame.contentWindow || origin !== new URL(url).origin) return
      if (!isRecord(data) || data['source'] !== 'stripe-3ds' || data['intent'] !== intent) return
      if (data['result'] !== 'complete' && data['result'] !== 'fail') return
      window.removeEventListener('message', hear)
      window.removeEventListener('keydown', swallowEscape, true)
      overlay.remove()
      wake()
      document.documentElement.style.overflow = overflow
      if (activeElement instanceof HTMLElement) activeElement.focus()
      resolve(data['result'])
    }
    window.addEventListener('message', hear)
  })
}
