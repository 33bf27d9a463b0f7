import { answerPaymentChallenge, answerSetupChallenge } from './deeds/answer-challenge.ts'
import { escapeHtml, htmlPage, type Page } from './html-page.ts'
import { parseForm } from './kernel/form.ts'
import { spokenAmount } from './money.ts'
import type { PaymentIntent, SetupIntent } from './objects/intent.ts'
import type { World } from './world.ts'

/** `/3ds/{intent}`: the cardholder's bank asks. GET shows the question, POST takes the answer. */
export function answerChallengePage(
  world: World,
  method: string,
  path: string,
  query: string,
  body: string,
): Page | undefined {
  if (path === '/3ds.js')
    return { status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' }, body: tellParent }
  const id = /^\/3ds\/((?:pi|seti)_\w+)$/.exec(path)?.[1]
  if (id === undefined) return undefined
  const intent = world.tables.payment_intent.get(id) ?? world.tables.setup_intent.get(id)
  const secret = new URLSearchParams(query).get('client_secret')
  if (intent === undefined || secret !== intent.client_secret)
    return htmlPage(404, 'Sandbox Bank', '<p>This request is not known to the bank.</p>')
  if (method !== 'POST') return ask(world, intent, query)
  const passed = parseForm(body)['answer'] === 'complete'
  if (intent.object === 'payment_intent') answerPaymentChallenge(world, intent, passed)
  else answerSetupChallenge(world, intent, passed)
  return done(intent, passed)
}

function ask(world: World, intent: PaymentIntent | SetupIntent, query: string): Page {
  if (intent.status !== 'requires_action') return done(intent, intent.status === 'succeeded')
  const deed =
    intent.object === 'payment_intent'
      ? `Confirm <strong>${escapeHtml(spokenAmount(intent.amount, intent.currency))}</strong> to ${escapeHtml(world.settings.statement)}`
      : `Confirm that ${escapeHtml(world.settings.statement)} may keep this card for later payments`
  const body = `<p>${deed}</p>
<form method="post" action="/3ds/${intent.id}?${escapeHtml(query)}">
<button name="answer" value="complete">Complete</button>
<button name="answer" value="fail" class="quiet">Fail</button>
</form>
<p class="note">A test page: no bank is asked and no money moves.</p>`
  return htmlPage(200, 'Sandbox Bank', body)
}

// With a return URL from the server the whole page was redirected here and goes back; else Stripe.js waits around the frame.
function done(intent: PaymentIntent | SetupIntent, passed: boolean): Page {
  const result = passed ? 'complete' : 'fail'
  const target = returnTarget(intent)
  const data = `data-intent="${intent.id}" data-result="${result}"${target === null ? '' : ` data-return="${escapeHtml(target)}"`}`
  const body = `<p ${data} id="answer">${passed ? 'Thank you. You are being taken back.' : 'The bank did not confirm it. You are being taken back.'}</p>
<script src="/3ds.js"></script>`
  return htmlPage(200, 'Sandbox Bank', body)
}

function returnTarget(intent: PaymentIntent | SetupIntent): string | null {
  const { returnUrl } = intent.sandbox
  if (returnUrl === null || !URL.canParse(returnUrl)) return null
  const url = new URL(returnUrl)
  const noun = intent.object
  url.searchParams.set(noun, intent.id)
  url.searchParams.set(`${noun}_client_secret`, intent.client_secret)
  url.searchParams.set(
    'redirect_status',
    intent.status === 'succeeded' ? 'succeeded' : intent.status === 'processing' ? 'pending' : 'failed',
  )
  return url.href
}

const tellParent = `const answer = document.getElementById('answer');
const { intent, result, return: target } = answer.dataset;
if (target !== undefined) window.location.replace(target);
else window.parent.postMessage({ source: 'stripe-3ds', intent, result }, '*');
`
