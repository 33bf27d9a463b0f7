import { toBase64Url } from './base64url.ts'

export type BlockedPage = {
  readonly heading: string
  readonly paragraphs: readonly string[]
  /** The way on: the fix, or this page again. */
  readonly links: readonly { readonly href: string; readonly label: string }[]
  /** Seconds, and where to look then. */
  readonly refresh?: { readonly after: number; readonly url: string } | undefined
  readonly foot?: string | undefined
}

const style = `:root{color-scheme:light dark;--ground:#fbfaf8;--ink:#1b1a18;--quiet:#64615c;--accent:#1f5fd0}
@media (prefers-color-scheme:dark){:root{--ground:#191a1c;--ink:#eeedeb;--quiet:#a5a39f;--accent:#8db4ff}}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:28rem;margin:0 auto;padding:72px 24px}
h1{font-size:21px;line-height:1.3;font-weight:600;margin:0 0 16px;text-wrap:balance}
p{margin:0 0 12px;max-width:60ch}
a{display:inline-block;padding:10px 0;margin-inline-end:24px;min-height:24px;color:var(--accent);font-weight:550}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
small{display:block;margin-top:32px;font-size:13px;color:var(--quiet)}`

/** A page without script: it looks again by itself with a refresh, and needs nothing from anywhere. */
export async function blockedPage(page: BlockedPage): Promise<{ html: string; policy: string }> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  const hash = toBase64Url(new Uint8Array(digest)).replaceAll('-', '+').replaceAll('_', '/')
  const { refresh } = page
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
${refresh ? `<meta http-equiv="refresh" content="${refresh.after};url=${escape(refresh.url)}">` : ''}
<title>${escape(page.heading)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escape(page.heading)}</h1>
${page.paragraphs.map((text) => `<p>${escape(text)}</p>`).join('\n')}
<p>${page.links.map(({ href, label }) => `<a href="${escape(href)}" target="_top">${escape(label)}</a>`).join('\n')}</p>
${page.foot === undefined ? '' : `<small>${escape(page.foot)}</small>`}
</main>
</body>
</html>
`
  return { html, policy: `default-src 'none'; style-src 'sha256-${hash}='; base-uri 'none'; form-action 'none'` }
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
