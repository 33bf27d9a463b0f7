import { fileURLToPath } from 'node:url'
import type { ServerType } from '@hono/node-server'
import { ConfigError, loadConfig, type Config } from './config.ts'
import { listen } from './listen.ts'
import { openPortal, type Portal } from './open-portal.ts'
import { DatabaseError } from './store/database.ts'
import { FolderInUse } from './store/folder-lock.ts'

const DRAIN_MS = 10_000

process.env['STRIPE_SUPPRESS_NOTICES'] = 'true'
const config = await orStop(loadConfig(process.env))
const portal = await orStop(openPortal(config, { pages: fileURLToPath(new URL('../../dist', import.meta.url)) }))
const server = open(config, portal)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(server, portal))

function open({ port, origin }: Config, portal: Portal): ServerType {
  const server = listen(portal, port, () => console.log(`portal ready on ${origin}`))
  server.on('error', (error: NodeJS.ErrnoException) => {
    stopWith(error.code === 'EADDRINUSE' ? `PORT: ${port} is already in use; set PORT to another` : error.message)
  })
  return server
}

async function stop(server: ServerType, portal: Portal): Promise<void> {
  setTimeout(() => process.exit(0), DRAIN_MS).unref()
  await new Promise((resolve) => {
    server.close(resolve)
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
  await portal.close()
  process.exit(0)
}

/** What a person can mend is one line, not a stack. */
async function orStop<T>(value: Promise<T>): Promise<T> {
  try {
    return await value
  } catch (error) {
    if (error instanceof ConfigError || error instanceof FolderInUse) return stopWith(error.message)
    if (error instanceof DatabaseError) {
      return stopWith(`${process.env['DATABASE_URL'] ? 'DATABASE_URL' : 'DATA_DIR'}: ${error.message}`)
    }
    throw error
  }
}

function stopWith(line: string): never {
  console.error(line)
  process.exit(1)
}
