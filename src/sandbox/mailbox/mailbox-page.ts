import { escapeHtml } from '#sandbox/stripe/html-page.ts'
import type { ReceivedMail } from './mailbox.ts'

const style = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;margin:0;padding:24px 16px;background:light-dark(#f7f6f2,#15191a);color:light-dark(#1c2322,#e9e7e2)}
main{max-width:44rem;margin:0 auto}h1{font-size:1.3rem;margin:0 0 4px}h2{font-size:1rem;margin:0}p{margin:0}.quiet{opacity:.7;font-size:.85rem}
article{border:1px solid light-dark(#dcdad3,#353b3b);border-radius:12px;background:light-dark(#fff,#1c2122);padding:16px;margin:24px 0}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:12px 0 0;padding-top:12px;border-top:1px solid light-dark(#e8e6df,#353b3b)}a{color:light-dark(#0d4f47,#7fd1c3)}`

/** What was sent, newest first, to read and to follow. Text only: a letter's own HTML stays closed. */
export function mailboxPage(mails: readonly ReceivedMail[]) {
  const title = mails.length === 1 ? 'Mailbox: 1 letter' : `Mailbox: ${mails.length} letters`
  const body = mails.length === 0 ? '<p class="quiet">Nothing was sent yet. Reload this page to look again.</p>' : ''
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1><p class="quiet">Letters end here; nothing leaves this machine.</p>${body}${mails.map(article).join('')}</main></body></html>`,
  }
}

function article({ subject, from, to, received, text }: ReceivedMail): string {
  const when = new Date(received * 1_000).toISOString().replace('T', ' ').slice(0, 16)
  return `<article><h2>${escapeHtml(subject)}</h2><p class="quiet">To ${escapeHtml(to.join(', '))} · from ${escapeHtml(from)} · ${when} UTC</p><pre>${linked(text)}</pre></article>`
}

/** Web addresses become links; everything else is text. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) =>
      index % 2 === 0 ? escapeHtml(part) : `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>`,
    )
    .join('')
}
