import type { DeskConfig } from './desk/config.ts'
import type { Desk } from './test-identity.ts'

export const testDeskOrigin = 'http://localhost:4028'

/** The desk of somebody whose staff the sandbox's own identity provider signs in. */
export function deskWith(issuer: string): DeskConfig {
  return {
    origin: testDeskOrigin,
    issuer,
    clientId: 'fix402-desk',
    clientSecret: 'fix402-desk-sandbox',
    roles: {
      'support-viewers': 'viewer',
      'support-agents': 'agent',
      'support-operators': 'operator',
      'support-admins': 'admin',
    },
    groupsClaim: 'groups',
    goodwill: undefined,
    graceDays: 14,
  }
}

/** A browser's cookies at the provider. */
export type Jar = Map<string, string>

/** Asks the provider with its cookies, as a browser would, and follows nothing. */
export async function askProvider(jar: Jar, url: string, form?: Record<string, string>): Promise<Response> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  for (const set of response.headers.getSetCookie()) {
    const [pair = ''] = set.split(';')
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    if (value === '') jar.delete(name)
    else jar.set(name, value)
  }
  return response
}

/**
 * From the provider's address to the one back at the desk. `asked` counts the pages on which somebody had to say who they
 * are; there `person` is chosen.
 */
export async function passProvider(jar: Jar, start: string, person: string): Promise<{ back: URL; asked: number }> {
  const { origin } = new URL(start)
  let url = start
  let asked = 0
  for (let steps = 0; steps < 10; steps++) {
    let response = await askProvider(jar, url)
    if (response.status === 200) {
      asked++
      response = await askProvider(jar, url, { person })
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${response.status} at ${url}: ${await response.text()}`)
    const next = new URL(location, url)
    if (next.origin !== origin) return { back: next, asked }
    url = next.href
  }
  throw new Error('the provider leads in circles')
}

/** Where a sign-in ended at the desk, and how often the provider asked who is there. */
export async function signInThrough(desk: Desk, jar: Jar, person: string): Promise<{ ended: string; asked: number }> {
  const { headers } = await desk.get('/sign-in/start')
  const { back, asked } = await passProvider(jar, headers.get('location') ?? '', person)
  const done = await desk.get(back.pathname + back.search)
  return { ended: done.headers.get('location') ?? '', asked }
}
