import { existsSync, readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { Hono } from 'hono'
import type { Env } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
}

/** What was built: one document for every address, and its files, which never change under their names. */
export function pageRoutes(folder: string, entryOf: (path: string) => 'index.html' | 'support.html') {
  const files = new Map<string, { body: Uint8Array<ArrayBuffer>; type: string }>()

  function find(path: string) {
    const known = files.get(path)
    if (known) return known
    const file = join(folder, normalize(path))
    const type = types[extname(file)]
    if (!type || !file.startsWith(folder) || !existsSync(file)) return undefined
    const found = { body: new Uint8Array(readFileSync(file)), type }
    files.set(path, found)
    return found
  }

  return new Hono<Env>().get('*', (c) => {
    const path = decode(c.req.path)
    const file = find(path)
    if (file) {
      const forEver = path.startsWith('/assets/')
      return c.body(file.body, 200, {
        'Content-Type': file.type,
        'Cache-Control': forEver ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      })
    }
    // The other entry is a document of its own origin.
    if (extname(path) !== '' || /^\/(api|v1|webhooks)\//.test(path)) throw new ApiError('not-found')
    return c.html(readFileSync(join(folder, entryOf(path)), 'utf8'), 200, { 'Cache-Control': 'no-store' })
  })
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new ApiError('not-found')
  }
}
