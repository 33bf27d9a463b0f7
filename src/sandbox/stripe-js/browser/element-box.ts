import { watchPress } from './press.ts'
import type { Appearance } from '@stripe/stripe-js'

/** Space inside the frame for the focus ring, given back to the merchant's layout. See frame.css. */
const RING_PX = 4

/** Heights of the loaded fields in the usual width, so that the page below does not jump when they come. */
const HEIGHT_PX = { fields: 249, withTerms: 304 } as const

const style = (element: HTMLElement, declarations: Record<string, string>): void => {
  for (const [property, value] of Object.entries(declarations)) element.style.setProperty(property, value, 'important')
}

export type ElementBox = {
  setHeight(pixels: number): void
  /** Takes the placeholder away and lets the fields be seen. */
  reveal(): void
  setState(state: 'empty' | 'complete' | 'focus', on: boolean): void
  wear(appearance: Appearance): void
  remove(): void
}

/** Grey bars where the fields will be, in the merchant's own text colour so that they suit any ground. */
function createSkeleton({ variables }: Appearance): HTMLElement {
  const skeleton = document.createElement('div')
  skeleton.setAttribute('aria-hidden', 'true')
  style(skeleton, { position: 'absolute', inset: '0', display: 'grid', gap: '41px 12px', opacity: '0.07' })
  style(skeleton, { 'grid-template-columns': '1fr 1fr', 'align-content': 'start', 'padding-top': '26px' })
  for (const span of ['1 / -1', 'auto', 'auto', '1 / -1']) {
    const bar = document.createElement('div')
    style(bar, {
      'grid-column': span,
      height: '44px',
      'border-radius': variables?.borderRadius ?? '8px',
      background: variables?.colorText ?? 'currentColor',
    })
    skeleton.append(bar)
  }
  return skeleton
}

/** Puts the frame into the merchant's container, styled by CSSOM only so that a strict style-src holds. */
export function mountBox(
  container: HTMLElement,
  frame: HTMLIFrameElement,
  look: { appearance: Appearance; skeleton: boolean; terms: boolean },
): ElementBox {
  const box = document.createElement('div')
  box.className = '__PrivateStripeElement'
  style(box, { position: 'relative', display: 'flow-root', margin: '0', padding: '0', border: 'none' })
  style(box, { background: 'transparent', 'min-width': '0' })
  style(frame, {
    display: 'block',
    border: 'none',
    margin: `-${RING_PX}px`,
    padding: '0',
    width: `calc(100% + ${RING_PX * 2}px)`,
    'min-width': '100%',
    height: `${look.terms ? HEIGHT_PX.withTerms : HEIGHT_PX.fields}px`,
    'user-select': 'none',
    opacity: '0',
  })
  frame.setAttribute('allow', 'payment *; publickey-credentials-get *')
  frame.setAttribute('scrolling', 'no')
  const skeleton = look.skeleton ? createSkeleton(look.appearance) : undefined
  // A document whose colour scheme is not its frame's gets an opaque ground; frame.css sets the other half of this pair.
  const wear = ({ theme }: Appearance) => style(frame, { 'color-scheme': theme === 'night' ? 'dark' : 'light' })
  wear(look.appearance)
  box.append(...(skeleton === undefined ? [] : [skeleton]), frame)
  container.classList.add('StripeElement', 'StripeElement--empty')
  container.append(box)
  const press = watchPress()
  return {
    wear,
    setHeight(pixels) {
      press.letGo(() => style(frame, { height: `${pixels}px` }))
    },
    reveal() {
      skeleton?.remove()
      style(frame, { opacity: '1', transition: 'opacity 120ms ease-out' })
    },
    setState(state, on) {
      container.classList.toggle(`StripeElement--${state}`, on)
    },
    remove() {
      press.stop()
      box.remove()
      for (const name of Array.from(container.classList)) {
        if (name.startsWith('StripeElement')) container.classList.remove(name)
      }
    },
  }
}
