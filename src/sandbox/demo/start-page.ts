import { html } from 'hono/html'
import { page, type Markup } from './page.ts'
import { groups, scenarioNames, scenarioOf, stateScenarios, type ScenarioName } from './scenarios.ts'
import type { SignIn } from './sign-ins.ts'

type Start = {
  readonly origin: string
  readonly signIn?: SignIn | undefined
  readonly notice?: string | undefined
  /** Words that a scenario is looked for by. */
  readonly sought?: string | undefined
}

export function startPage({ origin, signIn, notice, sought = '' }: Start): Markup {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean)
  const main = html`<main class="start">
    ${notice === undefined ? '' : html`<p class="notice" role="status">${notice}</p>`}
    <h1>What went wrong with the payment?</h1>
    <p class="lede">
      Each line builds a new account at Stripe in that state, signs you in, and opens the map of Berlin. The app
      refuses, and you land where it can be mended.
    </p>
    ${search(sought)} ${words.length > 0 ? found(words) : all()} ${signIn ? program(signIn, origin) : ''}
    <section>
      <h2>From the command line</h2>
      <p>By the name in grey, or by a reason.</p>
      <pre><code>node src/sandbox/demo/scenario.ts spend-cap</code></pre>
    </section>
    <p class="foot">Test money only. Nothing here reaches a bank.</p>
  </main>`
  return page({ title: 'Maps API demo', signIn, main })
}

function search(sought: string): Markup {
  return html`<form class="search" role="search" action="/">
    <label class="unseen" for="q">Find a scenario</label>
    <input id="q" type="search" name="q" value="${sought}" placeholder="card_expired, seats, S31 …" />
    <button>Find</button>
  </form>`
}

function all(): Markup {
  return html`${groups.map(([title, names]) => section(title, names))}
    <section>
      <h2>Every state of Stripe’s</h2>
      <p class="quiet">
        What a subscription, its latest invoice and that invoice’s payment can be in, all ${stateCount} of them.
      </p>
      ${stateScenarios.map(
        ([title, names]) =>
          html`<details>
            <summary>${title} <span class="quiet small">${names.length}</span></summary>
            ${list(names)}
          </details>`,
      )}
    </section>`
}

const stateCount = stateScenarios.reduce((all, [, names]) => all + names.length, 0)

function found(words: readonly string[]): Markup {
  const names = scenarioNames.filter((name) => words.every((word) => textOf(name).includes(word)))
  return html`<section>
    <h2>${names.length === 0 ? 'Nothing has these words.' : `${names.length} found`}</h2>
    ${names.length === 0 ? '' : list(names)}
    <p><a class="more" href="/">Show all</a></p>
  </section>`
}

function textOf(name: ScenarioName): string {
  const { title, description, reasons } = scenarioOf(name)
  return [name, title, description, ...reasons].join(' ').toLowerCase()
}

function section(title: string, names: readonly ScenarioName[]): Markup {
  return html`<section>
    <h2>${title}</h2>
    ${list(names)}
  </section>`
}

function list(names: readonly ScenarioName[]): Markup {
  return html`<ul class="scenarios">
    ${names.map((name) => {
      const { title, description } = scenarioOf(name)
      return html`<li>
        <div class="words">
          <h3>${title}</h3>
          <p>${description}</p>
          <p class="name"><code>${name}</code></p>
        </div>
        <form method="post" action="/scenarios/${name}">
          <button aria-label="Try it: ${title}">Try it</button>
        </form>
      </li>`
    })}
  </ul>`
}

function program({ label, title, apiToken }: SignIn, origin: string): Markup {
  return html`<section>
    <h2>As a program</h2>
    <p>${label} (${title}): the same refusal, without a browser.</p>
    <pre><code>curl -i ${origin}/api/tiles/1/2/3 \\
  -H 'Authorization: Bearer ${apiToken}'</code></pre>
    <p><a class="more" href="/maps/berlin">Open the map again</a></p>
  </section>`
}
