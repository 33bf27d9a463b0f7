import { callApi } from './frame-api.ts'
import { createCardForm } from './card-form.ts'
import { confirmIntent, retrieveIntent } from './intent-calls.ts'
import { FIELDS_TITLE, isRecord } from './frame-protocol.ts'
import type { CardForm } from './card-form.ts'
import type { CheckAnswer, FrameEvent, FrameVerb, FrameVerbs, FromFrame, ToFrame } from './frame-protocol.ts'

const place = new URLSearchParams(window.location.hash.slice(1))
const channel = place.get('channel') ?? ''
const merchant = place.get('parent') ?? ''

const post = (message: FrameEvent | { answer: number; value: unknown }): void => {
  const said: FromFrame = { channel, ...message }
  window.parent.postMessage(said, merchant)
}

type Answers = { [Verb in FrameVerb]?: (args: FrameVerbs[Verb]['args']) => Promise<FrameVerbs[Verb]['value']> }

const merge = (given: unknown, own: Record<string, unknown>): Record<string, unknown> => {
  const merged: Record<string, unknown> = { ...(isRecord(given) ? given : {}) }
  for (const [key, value] of Object.entries(own)) merged[key] = isRecord(value) ? merge(merged[key], value) : value
  return merged
}

const controllerAnswers: Answers = {
  retrieve: ({ secret, credentials }) => retrieveIntent(secret, credentials),
  confirm: (call) => confirmIntent(call),
}

const TERMINAL = new Set(['succeeded', 'canceled'])

function fieldAnswers(form: CardForm): Answers {
  const done = (act: () => void) => async (): Promise<CheckAnswer> => {
    act()
    return {}
  }
  return {
    async show({ secret, credentials, ...look }) {
      form.look(look)
      document.body.append(form.root)
      if (secret === undefined) return {}
      const { error, intent } = await retrieveIntent(secret, credentials)
      if (error !== undefined) return { error }
      if (!TERMINAL.has(intent.status)) return {}
      const message = `The ${intent.object === 'setup_intent' ? 'SetupIntent' : 'PaymentIntent'} is in a terminal state and cannot be used to initialize Elements.`
      return { error: { type: 'invalid_request_error', code: `${intent.object}_unexpected_state`, message } }
    },
    look: async (look) => {
      form.look(look)
      return {}
    },
    focus: done(form.focus),
    blur: done(() => document.activeElement instanceof HTMLElement && document.activeElement.blur()),
    clear: done(form.clear),
    async validate() {
      const error = form.check()
      return error === undefined ? {} : { error }
    },
    async confirm(call) {
      const error = form.check()
      if (error !== undefined) return { error }
      const data = merge(call.params['payment_method_data'], form.paymentMethodData())
      return confirmIntent(call, { payment_method_data: data })
    },
    async createPaymentMethod({ credentials, params }) {
      const error = form.check()
      if (error !== undefined) return { error }
      const answer = await callApi('POST', '/v1/payment_methods', merge(params, form.paymentMethodData()), credentials)
      return 'object' in answer ? { method: answer.object } : { error: answer.error }
    },
  }
}

function openFields(): Answers {
  const form = createCardForm(post, () => new Date())
  document.title = FIELDS_TITLE
  document.addEventListener('focusin', (event) => {
    if (event.relatedTarget === null) post({ event: 'focus', detail: null })
  })
  document.addEventListener('focusout', (event) => {
    if (event.relatedTarget === null) post({ event: 'blur', detail: null })
  })
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') post({ event: 'escape', detail: null })
  })
  new ResizeObserver(() => {
    // Before the fields are in, the frame is as high as its padding, and the page would jump twice.
    if (form.root.isConnected)
      post({ event: 'height', detail: Math.ceil(document.body.getBoundingClientRect().height) })
  }).observe(document.body)
  return fieldAnswers(form)
}

const isToFrame = (data: unknown): data is ToFrame =>
  isRecord(data) && data['channel'] === channel && typeof data['call'] === 'number' && typeof data['verb'] === 'string'

/** Opened by hand, or framed by an origin other than the one it was opened for, the frame stays dumb. */
if (window.parent !== window && channel !== '' && merchant !== '') {
  const answers = place.get('role') === 'fields' ? openFields() : controllerAnswers
  window.addEventListener('message', (message: MessageEvent<unknown>) => {
    if (message.source !== window.parent || message.origin !== merchant || !isToFrame(message.data)) return
    const { call, verb, args } = message.data
    const answer = answers[verb] as ((args: unknown) => Promise<unknown>) | undefined
    void answer?.(args).then((value) => post({ answer: call, value }))
  })
  post({ event: 'hello', detail: null })
}
