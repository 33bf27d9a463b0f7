import type { App } from './config.ts'

/**
 * The address an app wants its customer back at, if it is on one of the app's registered origins; undefined otherwise.
 * The origin is compared exactly after one WHATWG parse (RFC 9700 §2.1); credentials and control characters are refused
 * rather than repaired.
 */
export function returnAddress(app: App, wanted: string | undefined): string | undefined {
  if (wanted === undefined || !/^[\x21-\x7e]+$/.test(wanted) || wanted.includes('\\')) return undefined
  if (!/^https?:\/\/[^/]/i.test(wanted) || !URL.canParse(wanted)) return undefined
  const url = new URL(wanted)
  if (url.username !== '' || url.password !== '' || !app.origins.includes(url.origin)) return undefined
  url.hash = ''
  return url.href
}
