import { serve, type ServerType } from '@hono/node-server'
import { expect } from 'vitest'
import type { EntryOf, TimelineWhat } from '#contract/desk-timeline-entry.ts'
import { TimelineSchema, type Timeline } from '#contract/desk-timeline.ts'
import { cardDeclined, healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestMailbox, type TestMailbox } from '#server/mail/test-mailbox.ts'
import { openReceiver, toldAt, type Receiver } from '#server/outbox/test-receiver.ts'
import { openDesk as openCustomers, type Desk as Customers, type Stay } from '#server/stripe/test-desk.ts'
import { openDesk, openTestIdentity, type Desk, type TestIdentity } from '#server/test-identity.ts'
import { digest, members, openTestPortal, otherAppKey, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }

/** A portal to which everybody talks: Stripe by its webhooks, an app that is told, a mail server, and the desk. */
export type Theatre = {
  readonly bench: Bench
  readonly portal: TestPortal
  readonly identity: TestIdentity
  readonly receiver: Receiver
  readonly box: TestMailbox
  readonly customers: Customers
  readonly studio: Studio
  /** Until nothing that Stripe has to tell is on its way any more. */
  allDelivered: () => Promise<void>
  close: () => Promise<void>
}

export async function openTheatre(): Promise<Theatre> {
  const [bench, identity, receiver] = await Promise.all([openBench(), openTestIdentity(), openReceiver()])
  const box = await openTestMailbox(createMailbox())
  // Stripe posts to an address that must be known before there is a portal to answer there.
  let opened: TestPortal | undefined
  let server: ServerType | undefined
  const port = await new Promise<number>((resolve) => {
    const fetch = (request: Request) => opened?.fetch(request) ?? new Response(null, { status: 503 })
    server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (address) => resolve(address.port))
  })
  const origin = `http://127.0.0.1:${port}`
  const endpoint = await bench.stripe.webhookEndpoints.create({
    url: `${origin}/webhooks/stripe`,
    enabled_events: ['*'],
  })
  const tiles = { id: 'app_tiles', name: 'Tiles', url: 'https://tiles.example', origins: ['https://tiles.example'] }
  const portal = await openTestPortal(bench.origin, {
    origin,
    desk: identity.desk,
    mail: box.mail,
    apps: [toldAt(receiver.url), { ...tiles, keyDigests: [digest(otherAppKey)] }],
    merchant: {
      plans: { team_monthly: { name: 'Team', limits: { requests: { included: 100 } } } },
      meters: { requests: { name: 'Map requests', unit: 'requests' } },
      credits: { packs: { credits_1000: { name: '1,000 credits', credits: 1_000 } }, expireDays: 30 },
    },
    stripe: {
      key: 'sk_test_portal',
      publishableKey: 'pk_test_portal',
      webhookSecrets: [endpoint.secret ?? ''],
      apiBase: bench.origin,
      script: `${bench.origin}/endive/stripe.js`,
      sandbox: true,
    },
  })
  opened = portal
  return {
    bench,
    portal,
    identity,
    receiver,
    box,
    customers: openCustomers(portal, bench),
    studio: { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now },
    allDelivered: async () => {
      const waiting = async () => {
        const { deliveries } = (await bench.lever('GET', 'webhooks')) as { deliveries: { status: string }[] }
        return deliveries.filter(({ status }) => status === 'waiting').length
      }
      await expect.poll(waiting, { timeout: 15_000 }).toBe(0)
    },
    close: async () => {
      server?.close()
      await portal.close()
      await Promise.all([receiver.close(), box.close(), identity.close(), bench.close()])
    },
  }
}

/** A page of an account's timeline as somebody at the desk reads it; `looks` keeps under which look each was opened. */
export async function readTimeline(
  desk: Desk,
  account: string,
  query: string,
  looks: Map<string, string>,
  app = 'app_maps',
): Promise<Timeline> {
  const known = looks.get(account)
  const path = `/api/desk/accounts/${app}/${account}/timeline${query}`
  const { status, text, body, headers } = await desk.get(path, known === undefined ? {} : { 'x-desk-look': known })
  if (status !== 200) throw new Error(`${status} ${text}`)
  const look = headers.get('x-desk-look')
  if (look !== null) looks.set(account, look)
  return TimelineSchema.parse(body)
}

export function entriesOf<W extends TimelineWhat>({ entries }: Timeline, what: W): readonly EntryOf<W>[] {
  return entries.filter((entry): entry is EntryOf<W> => entry.what === what)
}

/** What tests of the timeline do again and again: an account of their own, refused, and read at the desk. */
export async function openSeat(theatre: Theatre) {
  const { bench, customers, portal, identity, studio } = theatre
  let operator = await openDesk(portal, identity, 'operator')
  const agent = await openDesk(portal, identity, 'agent')
  /** As a page that stays open reads on. */
  const looks = new Map<Desk, Map<string, string>>()
  let acme = await customers.enter(healthy(studio, who))
  const read = (query = '', desk: Desk = operator): Promise<Timeline> => {
    const own = looks.get(desk) ?? new Map<string, string>()
    looks.set(desk, own)
    return readTimeline(desk, acme.account, query, own)
  }
  return {
    get operator(): Desk {
      return operator
    },
    agent,
    /** After a session that is over. */
    signInAgain: async () => {
      operator = await openDesk(portal, identity, 'operator')
    },
    get acme(): Stay {
      return acme
    },
    read,
    /** A new account. */
    enter: async (building = cardDeclined(studio, who)): Promise<Stay> => (acme = await customers.enter(building)),
    check: async (more: object = {}) =>
      (await portal.asApp('POST', '/v1/checks', { account: acme.account, actor: 'anna', ...more })).body as {
        allowed: boolean
        problem: { request_id: string }
      },
    /** Until the timeline has it: some of it is told by others, in their own time. */
    until: async (what: TimelineWhat, like: object, query = '') => {
      await expect
        .poll(async () => entriesOf(await read(query), what), { timeout: 15_000 })
        .toContainEqual(expect.objectContaining(like))
    },
    withAddresses: async () => {
      const { account, customer } = acme
      const addressed = members.map((member) => ({ ...member, email: `${member.id}+${account}@acme.example` }))
      await portal.register(account, { stripe_customer: customer, members: addressed })
    },
    payElsewhere: async () => {
      const card = await customers.otherCard(acme.customer)
      await bench.stripe.invoices.pay(acme.invoice, { payment_method: card })
    },
  }
}
export type Seat = Awaited<ReturnType<typeof openSeat>>
