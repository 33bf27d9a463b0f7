import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { openTestPortal, type TestPortal } from './test-portal.ts'

/**
 * A test portal that other programs reach at the origin it calls its own. Its clock runs, because theirs do. Closing it
 * ends the listening too.
 */
export async function openPortalAtAddress(
  stripe: string,
  differs: Parameters<typeof openTestPortal>[1] = {},
): Promise<TestPortal> {
  let portal: TestPortal | undefined
  const fetch = (request: Request) => portal?.fetch(request) ?? new Response(null, { status: 503 })
  const server = serve({ fetch, port: 0 })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const opened = await openTestPortal(stripe, {
    clock: runningClock(),
    ...differs,
    port,
    origin: `http://localhost:${port}`,
  })
  portal = opened
  return {
    ...opened,
    close: async () => {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await opened.close()
    },
  }
}

/** Can be moved all the same; runs on from there. */
function runningClock(): TestPortal['clock'] {
  let ahead = 0
  const seconds = () => Math.floor(Date.now() / 1_000)
  return {
    get now() {
      return seconds() + ahead
    },
    set now(moved) {
      ahead = moved - seconds()
    },
  }
}
