import { html } from 'hono/html'
import { page, type Markup } from './page.ts'
import { groups, scenarioNames, scenarioOf, type Group } from './scenarios.ts'
import type { SignIn } from './sign-ins.ts'

type Start = {
  readonly origin: string
  readonly signIn?: SignIn | undefined
  readonly notice?: string | undefined
}

export function startPage({ origin, signIn, notice }: Start): Markup {
  const main = html`<main class="start">
    ${notice === undefined ? '' : html`<p class="notice" role="status">${notice}</p>`}
    <h1>What went wrong with the payment?</h1>
    <p class="lede">
      Each line builds a new account at Stripe in that state, signs you in, and opens the map of Berlin. The app
      refuses, and you land where it can be mended.
    </p>
    ${groups.map(section)} ${signIn ? program(signIn, origin) : ''}
    <p class="foot">Test money only. Nothing here reaches a bank.</p>
  </main>`
  return page({ title: 'Maps API demo', signIn, main })
}

function section(group: Group): Markup {
  const names = scenarioNames.filter((name) => scenarioOf(name).group === group)
  return html`<section>
    <h2>${group}</h2>
    <ul class="scenarios">
      ${names.map((name) => {
        const { title, description } = scenarioOf(name)
        return html`<li>
          <div class="words">
            <h3>${title}</h3>
            <p>${description}</p>
          </div>
          <form method="post" action="/scenarios/${name}">
            <button aria-label="Try it: ${title}">Try it</button>
          </form>
        </li>`
      })}
    </ul>
  </section>`
}

function program({ label, title, apiToken }: SignIn, origin: string): Markup {
  return html`<section>
    <h2>As a program</h2>
    <p>${label} (${title}): the same refusal, without a browser.</p>
    <pre><code>curl -i ${origin}/api/tiles/1/2/3 \\
  -H 'Authorization: Bearer ${apiToken}'</code></pre>
    <p><a href="/maps/berlin">Open the map again</a></p>
  </section>`
}
