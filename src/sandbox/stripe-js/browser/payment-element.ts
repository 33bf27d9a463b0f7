import { createHandlers } from './event-handlers.ts'
import { FIELDS_TITLE } from './frame-protocol.ts'
import { fieldsLook, readPaymentOptions } from './payment-options.ts'
import { CONNECTION_ERROR, IntegrationError } from './integration-error.ts'
import { mountBox } from './element-box.ts'
import { openFrame } from './frame-link.ts'
import type { Credentials, FrameEvent } from './frame-protocol.ts'
import type { ElementBox } from './element-box.ts'
import type { ElementsOptions } from './elements-options.ts'
import type { FrameLink } from './frame-link.ts'
import type { PaymentOptions } from './payment-options.ts'

const elementType = 'payment'

export type PaymentElementParts = {
  /** What the merchant's code holds. */
  element: Record<string, unknown>
  /** The line to the mounted fields. */
  link(): FrameLink | undefined
  options(): PaymentOptions
  redraw(): Promise<void>
}

type Surroundings = {
  origin: string
  credentials: Credentials
  elements(): ElementsOptions
  onDestroy(): void
}

function findContainer(place: unknown): HTMLElement {
  if (place instanceof HTMLElement) return place
  const found = typeof place === 'string' ? document.querySelector(place) : null
  if (found instanceof HTMLElement) return found
  throw new IntegrationError(
    typeof place === 'string'
      ? `The selector you specified (${place}) applies to no DOM elements that are currently on the page. Make sure the element exists on the page before calling mount().`
      : 'Missing argument. Make sure to call mount() with a valid DOM element or selector.',
  )
}

export function createPaymentElement(around: Surroundings, raw: unknown): PaymentElementParts {
  const handlers = createHandlers()
  let options = readPaymentOptions(raw, 'create()')
  let mounted: { link: FrameLink; box: ElementBox; container: HTMLElement } | undefined
  let destroyed = false

  const alive = () => {
    if (destroyed) throw new IntegrationError('This Element has already been destroyed. Please create a new one.')
  }

  const tellChange = (detail: { empty: boolean; complete: boolean }) => {
    mounted?.box.setState('empty', detail.empty)
    mounted?.box.setState('complete', detail.complete)
    handlers.emit('change', { elementType, ...detail, collapsed: false, value: { type: 'card' } })
  }

  const hear = (said: FrameEvent) => {
    if (said.event === 'height') mounted?.box.setHeight(said.detail)
    else if (said.event === 'change') tellChange(said.detail)
    else if (said.event === 'brand') {
      const details = { brands: said.detail === null ? null : [said.detail], funding: null }
      handlers.emit('carddetailschange', { elementType, loading: false, details })
    } else if (said.event !== 'hello') {
      if (said.event !== 'escape') mounted?.box.setState('focus', said.event === 'focus')
      handlers.emit(said.event, { elementType })
    }
  }

  const unmount = () => {
    mounted?.link.close()
    mounted?.box.remove()
    mounted = undefined
  }

  const open = async (container: HTMLElement) => {
    const { appearance, loader, clientSecret } = around.elements()
    const failed = (error: unknown) => handlers.emit('loaderror', { elementType, error })
    const link = openFrame({
      origin: around.origin,
      role: 'fields',
      title: FIELDS_TITLE,
      onEvent: hear,
      onUnreachable: () => failed(CONNECTION_ERROR),
    })
    const { keepsCard: terms } = fieldsLook(around.elements(), options)
    const box = mountBox(container, link.frame, { appearance, skeleton: loader !== 'never', terms })
    mounted = { link, box, container }
    // The merchant attaches handlers after mount() returns; events begin in the next turn.
    await Promise.resolve()
    if (loader !== 'never') handlers.emit('loaderstart', { elementType })
    const { error } = await link.call('show', {
      ...fieldsLook(around.elements(), options),
      credentials: around.credentials,
      ...(clientSecret === undefined ? {} : { secret: clientSecret }),
    })
    if (mounted?.link !== link || error === CONNECTION_ERROR) return
    box.reveal()
    if (error !== undefined) return failed(error)
    handlers.emit('ready', { elementType })
    handlers.emit('availablepaymentmethodschange', { elementType, paymentMethods: { card: { available: true } } })
    tellChange({ empty: true, complete: false })
  }

  const redraw = async () => {
    mounted?.box.wear(around.elements().appearance)
    await mounted?.link.call('look', fieldsLook(around.elements(), options))
  }

  const element: Record<string, unknown> = {
    mount(place: unknown) {
      alive()
      const container = findContainer(place)
      if (mounted?.container === container && container.isConnected) return
      unmount()
      void open(container)
    },
    unmount() {
      alive()
      unmount()
    },
    destroy() {
      alive()
      unmount()
      destroyed = true
      around.onDestroy()
    },
    update(changes: unknown) {
      alive()
      options = { ...options, ...readPaymentOptions(changes, 'update()') }
      void redraw()
      return element
    },
    on(name: string, handler: unknown) {
      handlers.on(name, handler)
      return element
    },
    once(name: string, handler: unknown) {
      handlers.on(name, handler, true)
      return element
    },
    off(name: string, handler?: unknown) {
      handlers.off(name, handler)
      return element
    },
    focus() {
      alive()
      mounted?.link.frame.focus()
      void mounted?.link.call('focus', null)
    },
    blur() {
      alive()
      void mounted?.link.call('blur', null)
    },
    clear() {
      alive()
      void mounted?.link.call('clear', null)
    },
    collapse: () => element,
  }
  return { element, link: () => mounted?.link, options: () => options, redraw }
}
