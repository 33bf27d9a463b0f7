import { createServer, type RequestListener, type Server } from 'node:http'

/** Milliseconds: a client that keeps its connection must not meet one that is just being closed. */
const idle = 75_000

export type Listening = {
  readonly port: number
  close: () => Promise<void>
}

/** Answers on localhost, whatever address that is; port 0 picks a free one. */
export async function listenOnLocalhost(listener: RequestListener, port: number): Promise<Listening> {
  const first = createServer({ keepAliveTimeout: idle }, listener)
  await listenOn(first, port, '127.0.0.1')
  const servers = [first]
  const bound = first.address()
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port
  // `localhost` may mean ::1 first; a machine without IPv6 does without.
  const second = createServer({ keepAliveTimeout: idle }, listener)
  await listenOn(second, actual, '::1').then(
    () => servers.push(second),
    () => undefined,
  )
  return {
    port: actual,
    close: async () => {
      await Promise.all(servers.map(closeServer))
    },
  }
}

function listenOn(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}
