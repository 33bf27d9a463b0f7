import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import type { AppEvent } from '#contract/event.ts'
import { appKey } from '#server/test-portal.ts'

export type Delivery = {
  readonly id: string
  readonly event: AppEvent
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An app's endpoint on a local port: it keeps what it was told and answers as the test says, 204 unless told otherwise. */
export type Receiver = {
  readonly url: string
  readonly told: Delivery[]
  /** Of one account, in the order in which they came. */
  of: (account: string) => AppEvent[]
  answer: (delivery: Delivery, response: ServerResponse) => void
  close: () => Promise<void>
}

/** As the developer of an app makes it from the key. */
export function secretFrom(key: string): string {
  const digest = createHash('sha256').update(key).digest()
  return `whsec_${createHmac('sha256', digest).update('fix402 webhook').digest('base64')}`
}

/** Whether the key's signature is among those sent, by the independent library. It has a clock of its own, so it signs. */
export function isSignedWith(key: string, { headers, body, id }: Delivery): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000)
  const expected = new Webhook(secretFrom(key)).sign(id, at, body)
  return String(headers['webhook-signature']).split(' ').includes(expected)
}

export const say =
  (status: number, body = '', headers: Record<string, string> = {}): Receiver['answer'] =>
  (_, response) =>
    void response.writeHead(status, headers).end(body)

export async function openReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const delivery = {
        id: String(request.headers['webhook-id']),
        event: JSON.parse(body) as AppEvent,
        headers: request.headers,
        body,
      }
      if (!isSignedWith(appKey, delivery)) return void response.writeHead(401).end()
      receiver.told.push(delivery)
      receiver.answer(delivery, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/billing`,
    told: [],
    of: (account) => receiver.told.map(({ event }) => event).filter(({ data }) => data.account === account),
    answer: say(204),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return receiver
}

/** The test portal's first app, told at this address. */
export function toldAt(url: string, keys: readonly string[] = [appKey]) {
  const keyDigests = keys.map((key) => createHash('sha256').update(key).digest('hex'))
  const maps = { id: 'app_maps', name: 'Maps API', url: 'https://maps.example', origins: ['https://maps.example'] }
  return { ...maps, keyDigests, webhook: { url } }
}
