import { createElement as h, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js'
import { loadStripe } from '@stripe/stripe-js/pure/index.js'
import type { FormEvent, ReactElement } from 'react'
import type { Stripe, StripeElementsOptions, StripePaymentElementOptions } from '@stripe/stripe-js'

/** A merchant's page in miniature, told by its address what to show. */
const place = new URLSearchParams(window.location.search)
const sandbox = place.get('sandbox') ?? ''
const key = place.get('key') ?? 'pk_test_sandbox'
const elementsOptions = JSON.parse(
  place.get('elements') ?? '{"mode":"setup","currency":"eur"}',
) as StripeElementsOptions
const paymentOptions = JSON.parse(place.get('payment') ?? '{}') as StripePaymentElementOptions
const returnUrl = place.get('return_url')

const say = (words: string) => {
  const output = document.querySelector('output')
  if (output !== null) output.textContent = words
}

const outcome = (result: object): string => {
  const { error, setupIntent, paymentIntent } = result as Record<string, Record<string, string> | undefined>
  if (error !== undefined)
    return `error ${error['type']} ${error['code']} ${error['decline_code']}: ${error['message']}`
  return `${setupIntent?.['id'] ?? paymentIntent?.['id']} ${setupIntent?.['status'] ?? paymentIntent?.['status']}`
}

const attempt = async (act: () => Promise<object>) => {
  say('busy')
  try {
    say(outcome(await act()))
  } catch (error) {
    say(error instanceof Error ? `${error.name}: ${error.message}` : 'thrown')
  }
}

const ask = async (path: string): Promise<string> => {
  const response = await fetch(path, { method: 'POST' })
  const body = (await response.json()) as { client_secret: string }
  return body.client_secret
}

function Form(): ReactElement {
  const stripe = useStripe()
  const elements = useElements()
  const [ready, setReady] = useState(false)
  const [events, setEvents] = useState<string[]>([])
  const note = (name: string) => setEvents((known) => [...known, name])

  const save = (event: FormEvent) => {
    event.preventDefault()
    void attempt(async () => {
      if (stripe === null || elements === null) throw new Error('Stripe.js is not here yet')
      if (place.get('submit') !== 'no') {
        const { error } = await elements.submit()
        if (error !== undefined) return { error }
      }
      const payment = place.has('pays')
      const clientSecret = place.get('secret') ?? (await ask(payment ? '/payment-intents' : '/setup-intents'))
      const confirmParams = { return_url: returnUrl ?? window.location.href }
      const redirect = 'if_required' as const
      if (returnUrl !== null) return stripe.confirmSetup({ elements, clientSecret, confirmParams })
      return payment
        ? stripe.confirmPayment({ elements, clientSecret, confirmParams, redirect })
        : stripe.confirmSetup({ elements, clientSecret, confirmParams, redirect })
    })
  }
  return h(
    'form',
    { onSubmit: save },
    h(PaymentElement, {
      options: paymentOptions,
      onReady: () => setReady(true),
      onLoaderStart: () => note('loaderstart'),
      onLoadError: ({ error }) => note(`loaderror:${error.type}`),
      onFocus: () => note('focus'),
      onBlur: () => note('blur'),
      onEscape: () => note('escape'),
      onChange: ({ empty, complete }) => note(`change:${empty ? 'empty' : complete ? 'complete' : 'partial'}`),
    }),
    h('button', { disabled: !ready }, 'Save card'),
    h('p', { id: 'events' }, events.join(' ')),
  )
}

function Page({ stripe }: { stripe: Stripe }): ReactElement {
  const [options, setOptions] = useState(elementsOptions)
  const night = () =>
    setOptions({ ...options, appearance: { theme: 'night', variables: { colorPrimary: 'rgb(120, 220, 160)' } } })
  const paySaved = () =>
    void attempt(async () =>
      stripe.confirmPayment({
        clientSecret: place.get('saved_secret') ?? '',
        confirmParams: { payment_method: place.get('saved') ?? '' },
        redirect: 'if_required',
      }),
    )
  const finish = () => void attempt(async () => stripe.handleNextAction({ clientSecret: place.get('secret') ?? '' }))
  const look = () => void attempt(async () => stripe.retrieveSetupIntent(place.get('secret') ?? ''))
  return h(
    'main',
    null,
    place.has('bare') ? null : h(Elements, { stripe, options }, h(Form)),
    h('button', { onClick: night }, 'Night'),
    h('button', { onClick: paySaved }, 'Pay with saved card'),
    h('button', { onClick: finish }, 'Finish bank check'),
    h('button', { onClick: look }, 'Look'),
    h('output', null, ''),
  )
}

const script = document.createElement('script')
script.src = `${sandbox}/endive/stripe.js`
script.async = true
script.addEventListener('load', () => {
  void loadStripe(key).then((stripe) => {
    const root = document.querySelector('#root')
    if (stripe !== null && root !== null) createRoot(root).render(h(StrictMode, null, h(Page, { stripe })))
  })
})
document.head.append(script)
