import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { SignIn } from './sign-ins.ts'

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** The frame of every page. */
export function page({ title, signIn, main }: { title: string; signIn?: SignIn | undefined; main: Markup }): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href="/demo.css" />
      </head>
      <body>
        <header class="bar">
          <a class="mark" href="/">${mark}<span>Maps API</span></a>
          ${signIn ? account(signIn) : html`<span class="quiet">a demo app for fix402</span>`}
        </header>
        ${main}
      </body>
    </html>`
}

function account({ label, actor, title }: SignIn): Markup {
  return html`<nav class="account" aria-label="Account">
    <span class="quiet who" title="${title}">${capital(actor)}, ${label}</span>
    <a href="/billing">Billing</a>
    <form method="post" action="/sign-out"><button class="link">Sign out</button></form>
  </nav>`
}

const mark = html`<svg class="mark-icon" viewBox="0 0 24 24" aria-hidden="true">
  <path class="mark-ground" d="M3 6.5 9 4l6 2.5L21 4v13.5L15 20l-6-2.5L3 20z" />
  <path class="mark-line" d="M9 4v13.5M15 6.5V20" />
</svg>`

export const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#2f7d5b" d="M3 6.5 9 4l6 2.5L21 4v13.5L15 20l-6-2.5L3 20z"/><path fill="none" stroke="#fff" stroke-width="1.5" d="M9 4v13.5M15 6.5V20"/></svg>
`

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
