import type { Warning } from '#sdk/wire.ts'
import { html } from 'hono/html'
import { berlin } from './berlin.ts'
import { page, type Markup } from './page.ts'
import type { SignIn } from './sign-ins.ts'

type Served = {
  readonly signIn: SignIn
  readonly warnings: readonly Warning[]
  readonly origin: string
  /** Unix seconds. */
  readonly now: number
}

/** What is behind the wall. */
export function mapPage({ signIn, warnings, origin, now }: Served): Markup {
  const main = html`<main class="map">
    ${signIn.back ? welcome(signIn.back) : ''} ${warnings.slice(0, 1).map(warning)}
    <figure>
      ${berlin}
      <figcaption class="sheet">
        <h1>Berlin</h1>
        <p>
          Served to <strong>${signIn.label}</strong> at
          <time datetime="${new Date(now * 1_000).toISOString()}">${clock.format(now * 1_000)}</time>
        </p>
        <p class="quiet small">${signIn.account}</p>
      </figcaption>
    </figure>
    <details>
      <summary>The same as a program</summary>
      <pre><code>curl -i ${origin}/api/tiles/1/2/3 \\
  -H 'Authorization: Bearer ${signIn.apiToken}'</code></pre>
    </details>
  </main>`
  return page({ title: 'Berlin – Maps API', signIn, main })
}

function welcome({ result, proven }: NonNullable<SignIn['back']>): Markup {
  const words = result === 'no_blocker' ? 'Nothing was wrong. Sorry for the detour.' : 'Your maps work again.'
  return html`<p class="notice good" role="status">
    ${tick} ${words} ${proven ? '' : html`<span class="quiet small">(without receipt)</span>`}
  </p>`
}

/** What is said of a payment that will stop the maps later; every other reason is said in general. */
const warningWords: Partial<Record<Warning['reason'], string>> = {
  card_declined: 'Your bank declined the last payment.',
  card_expired: 'Your card has expired.',
  authentication_required: 'Your bank wants you to confirm the last payment.',
  no_payment_method: 'There is no card on file.',
  invoice_overdue: 'An invoice is overdue.',
}

function warning({ reason, at }: Warning): Markup {
  return html`<p class="notice warn" role="status">
    ${bell}
    <span>
      ${warningWords[reason] ?? 'A payment needs attention.'}
      ${at === undefined ? 'Your maps still work.' : html`Your maps work until ${dayOf(Date.parse(at))}.`}
    </span>
    <a href="/billing">Fix it now</a>
  </p>`
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
  timeZoneName: 'short',
})
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** Unix milliseconds. */
function dayOf(time: number): string {
  return `${weekday.format(time)}, ${date.format(time)}`
}

const tick = html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="m4 10.5 4 4 8-9" /></svg>`
const bell = html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
  <path d="M10 3 2.5 16.5h15zM10 8.5v3.5M10 14.4v.2" />
</svg>`
