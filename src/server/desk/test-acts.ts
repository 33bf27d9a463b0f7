import { randomUUID } from 'node:crypto'
import { DeskActDoneSchema, DeskActsSchema, type DeskActDone, type DeskActs } from '#contract/desk-acts.ts'
import type { Privacy } from '#contract/privacy.ts'
import type { StaffRole } from '#contract/staff.ts'
import type { DeskConfig } from './config.ts'
import { openReceiver, toldAt, type Receiver } from '#server/outbox/test-receiver.ts'
import { openDesk as openCustomers, type Desk as Customers, type Lab } from '#server/stripe/test-desk.ts'
import { openDesk, openTestIdentity, type Desk, type TestIdentity } from '#server/test-identity.ts'
import { openTestPortal, type Answer, type TestPortal } from '#server/test-portal.ts'

export const who = { name: 'Acme GmbH', email: 'anna@acme.example' }

/** A merchant who sells plans and credits, an app that is told of its accounts, and a desk with its staff. */
export type ActStage = {
  readonly customers: Customers
  readonly identity: TestIdentity
  readonly portal: TestPortal
  readonly receiver: Receiver
  readonly desk: (role: StaffRole) => Promise<Desk>
  readonly close: () => Promise<void>
}

export async function openActs(
  lab: Lab & { readonly origin: string },
  differs: Parameters<typeof openTestPortal>[1] = {},
  desk: Partial<DeskConfig> = {},
): Promise<ActStage> {
  const [receiver, identity] = await Promise.all([openReceiver(), openTestIdentity(desk)])
  const portal = await openTestPortal(lab.origin, {
    apps: [toldAt(receiver.url)],
    desk: identity.desk,
    merchant: {
      plans: { team_monthly: { name: 'Team' } },
      meters: { lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 } },
      credits: { packs: { credits_1000: { name: '1,000 credits', credits: 1_000 } }, expireDays: 365 },
    },
    ...differs,
  })
  return {
    customers: openCustomers(portal, lab),
    identity,
    portal,
    receiver,
    desk: (role) => openDesk(portal, identity, role),
    close: async () => {
      await portal.close()
      await Promise.all([receiver.close(), identity.close()])
    },
  }
}

export const pathTo = (account: string, app = 'app_maps') => `/api/desk/accounts/${app}/${account}`

/** What a press of the button sends; `key` is the attempt's. */
export function press(desk: Desk, path: string, body: object, key: string = randomUUID()): Promise<Answer> {
  return desk.ask('POST', path, { reason: 'They asked for it', ...body }, { 'idempotency-key': key })
}

/** Fails the test unless it is done. */
export async function act(
  desk: Desk,
  account: string,
  path: string,
  body: object = {},
  key?: string,
): Promise<DeskActDone> {
  const { status, body: answer, text } = await press(desk, `${pathTo(account)}/${path}`, body, key)
  if (status !== 200) throw new Error(`${status} ${text}`)
  return DeskActDoneSchema.parse(answer)
}

export async function actsOf(desk: Desk, account: string): Promise<DeskActs> {
  const { status, body, text } = await desk.get(`${pathTo(account)}/acts`)
  if (status !== 200) throw new Error(`${status} ${text}`)
  return DeskActsSchema.parse(body)
}

/** Why an act was refused, and at which field. */
export const refusedBecause = ({ status, body }: Answer) => [
  status,
  (body as { code: string; errors?: { path: string; message: string }[] }).errors?.map(
    ({ path, message }) => `${path}: ${message}`,
  ) ?? (body as { code: string }).code,
]

/** What the account's owner reads of what support did, the newest first. */
export async function readByCustomer({ portal }: ActStage, account: string): Promise<Privacy['looks']> {
  const owner = portal.browser()
  await owner.enter(account)
  return ((await owner.get('/api/sessions')).body as Privacy).looks
}
