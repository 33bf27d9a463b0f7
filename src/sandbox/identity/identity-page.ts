import { escapeHtml } from '#sandbox/stripe/html-page.ts'
import type { StaffPerson } from './people.ts'

const style = `:root{color-scheme:light dark}*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100dvh;display:grid;place-items:center;padding:24px 16px;background:light-dark(#f7f6f2,#15191a);color:light-dark(#1c2322,#e9e7e2)}
main{width:100%;max-width:28rem}h1{font-size:1.5rem;line-height:1.25;margin:0 0 8px}p{margin:0}
.quiet{color:light-dark(#575f5d,#a9afac);font-size:.9375rem}form{display:grid;gap:12px;margin:24px 0}
button,.back{font:inherit;color:inherit}button{display:grid;grid-template-columns:1fr;gap:2px;width:100%;text-align:start;padding:14px 16px;min-height:44px;border:1px solid light-dark(#8b918e,#6f7775);border-radius:12px;background:light-dark(#fff,#1c2122);cursor:pointer}
button:hover{border-color:currentColor}button:focus-visible,a:focus-visible{outline:3px solid light-dark(#0d4f47,#7fd1c3);outline-offset:2px}
button strong{font-weight:600}a{color:light-dark(#0d4f47,#7fd1c3);border-radius:4px}`

/** Who is there? No password: everybody on this list is made up. */
export function signInPage(people: readonly StaffPerson[], { action, desk }: { action: string; desk: string }): string {
  const choices = people.map(
    ({ id, name, email, may }) =>
      `<button name="person" value="${escapeHtml(id)}"><strong>${escapeHtml(name)}</strong><span class="quiet">${escapeHtml(may)}</span><span class="quiet">${escapeHtml(email)}</span></button>`,
  )
  return page(
    'Who is signing in?',
    `<p class="quiet">This sign-in belongs to the sandbox. Where you run the desk, your company’s own stands here.</p>
<form method="post" action="${escapeHtml(action)}">${choices.join('')}</form>
<p class="quiet"><a href="${escapeHtml(desk)}/">Back to the support desk</a></p>`,
  )
}

/** Something was asked that cannot be done; what, for whoever sets the desk up. */
export function refusalPage(said: Readonly<Record<string, unknown>>, desk: string): string {
  const lines = Object.entries(said).map(
    ([name, value]) => `<p class="quiet">${escapeHtml(`${name}: ${String(value)}`)}</p>`,
  )
  return page(
    'This sign-in cannot go on',
    `<p>It may have taken too long, or the sandbox was started anew. Begin again at the desk.</p>${lines.join('')}
<p style="margin-top:24px"><a href="${escapeHtml(desk)}/">Back to the support desk</a></p>`,
  )
}

/** Whoever came without a request of the desk's to sign out. */
export function signedOutPage(desk: string): string {
  return page('Signed out', `<p><a href="${escapeHtml(desk)}/">Back to the support desk</a></p>`)
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`
}

/** `desk`: forms lead back to it, and browsers look at where a form ends (CSP Level 3 §6.4.1). */
export function pageHeaders(desk: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${desk}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }
}
