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
const servers = portsOf(config).map((port) => open(config, portal, port))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(servers, portal))

/** On this machine the desk is another port of the same process; elsewhere a proxy tells the two apart by their hosts. */
function portsOf({ port, desk }: Config): readonly number[] {
  const { hostname, port: named } = new URL(desk?.origin ?? 'http://localhost')
  const deskPort = hostname === 'localhost' && named !== '' ? Number(named) : port
  return deskPort === port ? [port] : [port, deskPort]
}

function open({ origin }: Config, portal: Portal, port: number): ServerType {
  const server = listen(portal, port, () => console.log(`portal ready on ${origin}`))
  server.on('error', (error: NodeJS.ErrnoException) => {
    stopWith(error.code === 'EADDRINUSE' ? `PORT: ${port} is already in use; set PORT to another` : error.message)
  })
  return server
}

async function stop(servers: readonly ServerType[], portal: Portal): Promise<void> {
  setTimeout(() => process.exit(0), DRAIN_MS).unref()
  await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve)
          if ('closeIdleConnections' in server) server.closeIdleConnections()
        }),
    ),
  )
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
