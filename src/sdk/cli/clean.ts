import { stripVTControlCharacters } from 'node:util'

const LONGEST = 500

/**
 * Text of a stranger, made harmless for a terminal and a build log: no escape sequences, control characters or marks that
 * turn the direction of writing, one line, no beginnings of log commands (`##[…]` of GitHub and Azure, `##teamcity[`).
 */
export function clean(text: string): string {
  const plain = stripVTControlCharacters(text)
    .replaceAll(/\s+/g, ' ')
    // Cc, Cf (zero-width and bidirectional marks), lone surrogates, private use.
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .replaceAll(/#+(?=\w*\[)/g, '# ')
    .trim()
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain
}

const local = new Set(['localhost', '127.0.0.1', '[::1]'])

/** An address that may be shown and opened: https, or this machine; undefined for every other. */
export function safeUrl(text: unknown): URL | undefined {
  const url = typeof text === 'string' ? URL.parse(text) : null
  if (!url || url.username !== '' || url.password !== '' || url.href.length > 2_048) return undefined
  return url.protocol === 'https:' || (url.protocol === 'http:' && local.has(url.hostname)) ? url : undefined
}
