import { createServer } from 'node:http'
import { serve, type ServerType } from '@hono/node-server'
import type { Portal } from './open-portal.ts'

/**
 * Bytes of a request's headers: more than gateways take from their clients, for a question that is too long to be asked
 * would be a way past it.
 */
const HEADER_BYTES = 65_536
/**
 * Milliseconds that an idle connection stays open: longer than proxies keep theirs (nginx: 60 s), for one that is closed just
 * as the next request goes out looks to them like an outage.
 */
const IDLE_MS = 75_000

/** The front door on a port; 0 takes a free one. */
export function listen(portal: Pick<Portal, 'fetch'>, port: number, ready: (port: number) => void): ServerType {
  const { fetch } = portal
  const serverOptions = { maxHeaderSize: HEADER_BYTES, keepAliveTimeout: IDLE_MS }
  return serve({ fetch, port, createServer, serverOptions }, (address) => ready(address.port))
}
