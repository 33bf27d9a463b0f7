import { CONNECTION_ERROR } from './integration-error.ts'
import { isRecord } from './frame-protocol.ts'
import type { FrameEvent, FrameRole, FrameVerb, FrameVerbs, FromFrame, ToFrame } from './frame-protocol.ts'

export type FrameLink = {
  readonly frame: HTMLIFrameElement
  /** Asks the frame; a frame that never came or went away answers with Stripe's connection error. */
  call<Verb extends FrameVerb>(verb: Verb, args: FrameVerbs[Verb]['args']): Promise<FrameVerbs[Verb]['value']>
  close(): void
}

export type FrameRequest = {
  origin: string
  role: FrameRole
  title: string
  onEvent(event: FrameEvent): void
  onUnreachable(): void
}

/** A frame's script runs before its `load` event, so silence this long after `load` means it did not run. */
const GRACE_AFTER_LOAD_MS = 1_500

const frameAddress = ({ origin, role }: FrameRequest, channel: string): string => {
  const hash = new URLSearchParams({ role, channel, parent: window.location.origin })
  return `${origin}/stripe-js/frame.html#${hash.toString()}`
}

const isFromFrame = (data: unknown, channel: string): data is FromFrame =>
  isRecord(data) && data['channel'] === channel && ('event' in data || 'answer' in data)

/** Makes an iframe of the sandbox's origin, not yet in the document, and the only line to it. */
export function openFrame(request: FrameRequest): FrameLink {
  const channel = crypto.randomUUID()
  const frame = document.createElement('iframe')
  frame.title = request.title
  frame.src = frameAddress(request, channel)

  const waiting = new Map<number, (value: unknown) => void>()
  let calls = 0
  let closed = false
  let unreachable = false
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let greeted = false

  const giveUp = () => {
    for (const answer of waiting.values()) answer({ error: CONNECTION_ERROR })
    waiting.clear()
  }

  const hear = (message: MessageEvent<unknown>) => {
    if (message.origin !== request.origin || message.source !== frame.contentWindow) return
    if (!isFromFrame(message.data, channel)) return
    if ('answer' in message.data) {
      waiting.get(message.data.answer)?.(message.data.value)
      waiting.delete(message.data.answer)
      return
    }
    if (message.data.event === 'hello') {
      greeted = true
      open()
    }
    request.onEvent(message.data)
  }
  window.addEventListener('message', hear)

  const doubt = () => {
    setTimeout(() => {
      if (greeted || closed) return
      unreachable = true
      giveUp()
      request.onUnreachable()
    }, GRACE_AFTER_LOAD_MS)
  }
  frame.addEventListener('load', doubt)
  frame.addEventListener('error', doubt)

  return {
    frame,
    call(verb, args) {
      const call = (calls += 1)
      return new Promise((resolve) => {
        // The frame answers each verb with that verb's value; postMessage itself carries no types.
        const answer = resolve as (value: unknown) => void
        if (closed || unreachable) return answer({ error: CONNECTION_ERROR })
        waiting.set(call, answer)
        void opened.then(() => {
          const said: ToFrame = { channel, call, verb, args }
          frame.contentWindow?.postMessage(said, request.origin)
        })
      })
    },
    close() {
      closed = true
      window.removeEventListener('message', hear)
      frame.remove()
      giveUp()
    },
  }
}
