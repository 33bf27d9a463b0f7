import { html } from 'hono/html'

export type Html = ReturnType<typeof html>

type Page = {
  readonly title: string
  readonly merchant: string
  /** The page it belongs to, and its name. */
  readonly up?: { readonly href: string; readonly label: string }
  readonly body: Html | readonly Html[]
}

/** A page that needs no script: one stylesheet of our own, as the portal's policy has it. */
export function page({ title, merchant, up, body }: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${merchant}</title>
        <link rel="stylesheet" href="/handbook.css" />
        <link rel="icon" href="/favicon.svg" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the text</a>
        <header>
          <a href="/">${merchant}</a>
          <nav aria-label="Handbook"><a href="/problems">Problems</a> <a href="/docs">API</a></nav>
        </header>
        <main id="main">
          ${up && html`<p class="up"><a href="${up.href}">${up.label}</a></p>`}
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`
}

/** Text in which `code` stands between backticks. */
export function prose(text: string): Html {
  const parts = text.split('`')
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`
}

/** Something to copy; it scrolls by itself where it is wide, also with the keyboard. */
export function sample(label: string, text: string): Html {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`
}

export function jsonSample(label: string, value: unknown): Html {
  return sample(label, JSON.stringify(value, null, 2))
}
