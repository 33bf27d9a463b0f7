import { createStripe, warnOfSecondLoad } from './stripe-object.ts'
import { IntegrationError } from './integration-error.ts'

const RELEASE = 'endive'

const { currentScript } = document
if (!(currentScript instanceof HTMLScriptElement) || currentScript.src === '') {
  throw new IntegrationError('Stripe.js has to be loaded by a <script src> element.')
}
const { origin } = new URL(currentScript.src)

if (typeof Reflect.get(window, 'Stripe') === 'function') warnOfSecondLoad()
else {
  const Stripe = (key?: unknown, options?: unknown) => createStripe(origin, key, options)
  Reflect.set(window, 'Stripe', Object.assign(Stripe, { version: RELEASE }))
}
