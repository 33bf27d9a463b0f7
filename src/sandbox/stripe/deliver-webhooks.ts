import { createHmac } from 'node:crypto'
import { newId } from './ids.ts'
import type { Event, WebhookEndpoint } from './objects/event.ts'
import { isOfType } from './routes/events.ts'
import type { World } from './world.ts'

export type Manners = {
  /** Least and most milliseconds before an event is sent. */
  delay_ms: [number, number]
  twice: boolean
  /** What arises together is sent in reverse order. */
  shuffle: boolean
  hold: boolean
  /** How many of the next deliveries get lost. */
  drop: number
}

export type Delivery = {
  id: string
  endpoint: string
  event: string
  type: string
  status: 'waiting' | 'held' | 'delivered' | 'dropped' | 'failed'
  attempts: number
  response: number | null
}

const usualManners: Manners = { delay_ms: [50, 400], twice: false, shuffle: false, hold: false, drop: 0 }

const retrySeconds = [2, 15, 60]
const patience = 10_000
const gathering = 40
const deliveriesKept = 1000

/** Sends events to webhook endpoints in its own time, signed as Stripe signs them; never part of an API call. */
export class Webhooks {
  manners: Manners = { ...usualManners }
  readonly deliveries: Delivery[] = []
  readonly #world: World
  readonly #timers = new Set<NodeJS.Timeout>()
  #gathered: Delivery[] = []

  constructor(world: World) {
    this.#world = world
  }

  /** Queues one delivery per endpoint that asked for this type of event. */
  accept(event: Event): void {
    for (const endpoint of this.#world.tables.webhook_endpoint.values()) {
      if (endpoint.status !== 'enabled' || !endpoint.enabled_events.some((pattern) => isOfType(pattern, event.type)))
        continue
      event.pending_webhooks += 1
      for (let copy = 0; copy < (this.manners.twice ? 2 : 1); copy++) this.#queue(event, endpoint)
    }
  }

  release(): number {
    const held = this.deliveries.filter((delivery) => delivery.status === 'held')
    for (const delivery of held) {
      delivery.status = 'waiting'
      this.#gather(delivery)
    }
    return held.length
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  #queue(event: Event, endpoint: WebhookEndpoint): void {
    const held = this.manners.hold
    const start = { attempts: 0, response: null, status: held ? ('held' as const) : ('waiting' as const) }
    const delivery: Delivery = {
      id: newId('whd', 12),
      endpoint: endpoint.id,
      event: event.id,
      type: event.type,
      ...start,
    }
    this.deliveries.push(delivery)
    if (this.deliveries.length > deliveriesKept) this.deliveries.shift()
    if (!held) this.#gather(delivery)
  }

  #gather(delivery: Delivery): void {
    this.#gathered.push(delivery)
    if (this.#gathered.length > 1) return
    this.#later(this.manners.shuffle ? gathering : 0, async () => {
      const batch = this.manners.shuffle ? this.#gathered.toReversed() : this.#gathered
      this.#gathered = []
      const [least, most] = this.manners.delay_ms
      for (const [index, one] of batch.entries()) {
        // Reversed is only reversed when nobody overtakes.
        const delay = this.manners.shuffle ? least + index * gathering : least + Math.random() * (most - least)
        this.#later(delay, () => this.#send(one))
      }
    })
  }

  async #send(delivery: Delivery): Promise<void> {
    const { tables } = this.#world
    const endpoint = tables.webhook_endpoint.get(delivery.endpoint)
    const event = tables.event.get(delivery.event)
    if (endpoint === undefined || event === undefined) {
      delivery.status = 'dropped'
      return
    }
    if (this.manners.drop > 0) {
      this.manners.drop -= 1
      delivery.status = 'dropped'
      return
    }
    delivery.attempts += 1
    delivery.response = await post(endpoint, event)
    if (delivery.response !== null && delivery.response >= 200 && delivery.response < 300) {
      delivery.status = 'delivered'
      event.pending_webhooks = Math.max(0, event.pending_webhooks - 1)
      return
    }
    const seconds = retrySeconds[delivery.attempts - 1]
    if (seconds === undefined) delivery.status = 'failed'
    else this.#later(seconds * 1000, () => this.#send(delivery))
  }

  #later(milliseconds: number, deed: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      void deed()
    }, milliseconds)
    timer.unref()
    this.#timers.add(timer)
  }
}

async function post(endpoint: WebhookEndpoint, event: Event): Promise<number | null> {
  const body = JSON.stringify({ ...event, api_version: endpoint.api_version ?? event.api_version }, null, 2)
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': sign(body, endpoint.sandbox.secret, Math.floor(Date.now() / 1000)),
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return null
  }
}

/** The `Stripe-Signature` header: HMAC-SHA256 over `t.payload` (docs.stripe.com/webhooks). */
function sign(payload: string, secret: string, seconds: number): string {
  const signature = createHmac('sha256', secret).update(`${seconds}.${payload}`).digest('hex')
  return `t=${seconds},v1=${signature}`
}
