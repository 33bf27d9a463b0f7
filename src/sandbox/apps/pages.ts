// What the example apps serve: the same in each, so that they differ only by their framework.

/** The app's own sign-in, as simple as can be: a cookie with the account. */
export function accountIn(cookies: string | null | undefined): string | undefined {
  return /(?:^|;\s*)account=([\w-]+)/.exec(cookies ?? '')?.[1]
}

export function signInCookie(account: string): string {
  return `account=${account.replaceAll(/[^\w-]/g, '')}; Path=/; HttpOnly; SameSite=Lax`
}

export const html = 'text/html; charset=utf-8'

export const startPage = page(`<h1>Signed in</h1>
<p><a href="/maps/berlin">Berlin</a></p>
<form method="post" action="/export"><input name="city" value="Berlin"><button>Export</button></form>`)

export const mapPage = page('<h1>Berlin</h1>')

export function exportPage(city: string): string {
  return page(`<h1>Exported: ${city.replaceAll(/[^\w ]/g, '')}</h1>`)
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Example</title><body>${body}</body></html>`
}
