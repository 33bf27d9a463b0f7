export type Page = { status: number; headers: { [name: string]: string }; body: string }

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:24px;color:#1a1f36;background:#fff}
main{max-width:26rem;margin:0 auto}h1{font-size:1.1rem;border-bottom:2px solid #0b5c8a;padding-bottom:8px}
form{display:flex;gap:12px;margin:16px 0}button{font:inherit;min-height:44px;padding:8px 20px;border:1px solid #0b5c8a;border-radius:6px;background:#0b5c8a;color:#fff;cursor:pointer}
button.quiet{background:#fff;color:#0b5c8a}button:focus-visible{outline:3px solid #f5a623;outline-offset:2px}.note{color:#5a6072;font-size:.875rem}`

/** A small page of the sandbox, without scripts of its own. */
export function htmlPage(status: number, title: string, body: string): Page {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`
  const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; form-action 'self'"
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
    },
    body: page,
  }
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
