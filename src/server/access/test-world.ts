import { randomUUID } from 'node:crypto'
import { openGuests } from '#server/test-guests.ts'
import { deskBrowser, signInAtDesk, type TestIdentity } from '#server/test-identity.ts'
import { appKey, otherAppKey, type Browser, type TestPortal } from '#server/test-portal.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import { callers, type Caller, type IdKind, type Thing } from './cell.ts'

/** One paying customer of one app, with something of everything. */
type Tenant = Readonly<Record<Thing, string>> & { readonly key: string; readonly app: string; readonly stay: Stay }

export type World = {
  /** What a browser or an app sends to be this caller. */
  headersOf: (caller: Caller, fresh: boolean) => Promise<Record<string, string>>
  /** `fresh`: one that is used up by being named. */
  idOf: (thing: Thing, kind: IdKind, caller: Caller, fresh: boolean) => Promise<string>
  placeOf: (caller: Caller) => { readonly app: string; readonly account: string }
}

const patterns: Readonly<Record<Thing, string>> = {
  account: 'acct_nobody',
  invoice: 'in_NobodysNobodysNobodys1',
  check: `chk_${'x'.repeat(22)}`,
  session: `ses_${'x'.repeat(22)}`,
  person: 'usr_unknown',
  payer: 'usr_unknown',
  link: `gl_${'x'.repeat(22)}`,
  event: `evt_${'x'.repeat(22)}`,
  view: `aud_${'x'.repeat(22)}`,
  subscription: 'sub_NobodysNobodysNobodys1',
  method: 'pm_NobodysNobodysNobodys1',
  note: `not_${'x'.repeat(22)}`,
}

type Make = (key: string, payer: string) => Promise<Stay & { readonly method: string }>
type Given = { portal: TestPortal; identity: TestIdentity; make: Make }

/** Two customers of app A and one of app B, everybody who can knock there, and everybody at the desk. */
export async function openWorld({ portal, identity, make }: Given): Promise<World> {
  const a = await tenantOf({ portal, identity, make }, 'app_maps', appKey, 'pia')
  const other = await tenantOf({ portal, identity, make }, 'app_maps', appKey, 'otto')
  const b = await tenantOf({ portal, identity, make }, 'app_tiles', otherAppKey, 'otto')
  const tenantFor = (caller: Caller) => (caller === 'other tenant’s owner' ? other : caller === 'app key B' ? b : a)
  const elseFor = (caller: Caller) => {
    if (caller === 'other tenant’s owner') return a
    // Another app's, asked for as if it were this one's.
    return caller === 'app key A' || caller.startsWith('staff') ? b : caller === 'app key B' ? a : other
  }

  const enter = async (member: string, tenant = a) => {
    const browser = portal.browser()
    await browser.enter(tenant.account, member)
    return browser
  }
  const guest = async () => {
    const guests = openGuests(portal, () => a.stay)
    return guests.enter((await guests.make({}, await enter('anna'))).token)
  }
  const signedOut = async () => {
    const browser = await enter('anna')
    const { cookie } = browser
    await browser.post('/api/session/end', {})
    return { ...browser, cookie }
  }
  const atDesk = async (role: string) => {
    identity.person = { sub: `sub_${role}`, name: `Robin ${role}`, groups: [role] }
    const desk = deskBrowser(portal, identity)
    await signInAtDesk(desk)
    return { cookie: desk.cookie }
  }
  type Holder = Pick<Browser, 'cookie'>
  const [expired, staffExpired] = [await enter('anna'), await atDesk('admin')]
  // What follows is signed in after both of them have run out.
  portal.clock.now += 13 * 3_600
  const begin: Partial<Record<Caller, () => Promise<Holder>>> = {
    owner: () => enter('anna'),
    billing_admin: () => enter('jo'),
    member: () => enter('sam'),
    viewer: () => enter('vic'),
    guest,
    'other tenant’s owner': () => enter('anna', other),
    'expired session': async () => expired,
    'signed-out cookie': signedOut,
    'staff viewer': () => atDesk('viewer'),
    'staff agent': () => atDesk('agent'),
    'staff operator': () => atDesk('operator'),
    'staff admin': () => atDesk('admin'),
    'staff expired': async () => staffExpired,
  }
  const held = new Map<Caller, Holder>()
  for (const caller of callers) {
    const holder = await begin[caller]?.()
    if (holder) held.set(caller, holder)
  }
  const keysOf: Partial<Record<Caller, string>> = { 'app key A': appKey, 'app key B': otherAppKey }

  /** Made anew each time: most of them are gone once they were named. */
  const freshly: Partial<Record<Thing, (tenant: Tenant, member: string) => Promise<string>>> = {
    session: async (tenant, member) => {
      const { body } = await (await enter(member, tenant)).get('/api/sessions')
      return (body as { sessions: { id: string; here: boolean }[] }).sessions.find(({ here }) => here)?.id ?? ''
    },
    person: async (tenant) => invite(await enter('anna', tenant)),
    link: async (tenant) => (await openGuests(portal, () => tenant.stay).make({}, await enter('anna', tenant))).id,
    check: async (tenant) => checkOf(portal, tenant),
  }
  return {
    headersOf: async (caller, fresh) => {
      const key = keysOf[caller]
      if (key !== undefined) return { authorization: `Bearer ${key}` }
      const holder = (fresh ? await begin[caller]?.() : undefined) ?? held.get(caller)
      return holder?.cookie === undefined ? {} : { cookie: holder.cookie }
    },
    idOf: async (thing, kind, caller, fresh) => {
      if (kind === 'unknown') return patterns[thing]
      if (kind === 'malformed') return ['person', 'payer', 'account'].includes(thing) ? 'x'.repeat(300) : 'no!such'
      const tenant = kind === 'own' ? tenantFor(caller) : elseFor(caller)
      const made = fresh ? freshly[thing]?.(tenant, memberOf[caller] ?? 'anna') : undefined
      return (await made) ?? tenant[thing]
    },
    placeOf: tenantFor,
  }
}

const memberOf: Partial<Record<Caller, string>> = { billing_admin: 'jo', member: 'sam', viewer: 'vic' }

let invited = 0
async function invite(owner: Browser): Promise<string> {
  const email = `new-${invited++}@acme.example`
  await owner.post('/api/people', { email, role: 'member' })
  const { people } = (await owner.get('/api/people')).body as { people: { id: string; email?: string }[] }
  return people.find((person) => person.email === email)?.id ?? ''
}

async function checkOf(portal: TestPortal, tenant: Pick<Tenant, 'account' | 'key'>): Promise<string> {
  const { text } = await portal.asApp('POST', '/v1/checks', { account: tenant.account }, tenant.key)
  return /chk_[\w-]{22}/.exec(text)?.[0] ?? ''
}

async function tenantOf({ portal, identity, make }: Given, app: string, key: string, payer: string): Promise<Tenant> {
  const { method, ...stay } = await make(key, payer)
  const { account, invoice, subscriptions } = stay
  const check = await checkOf(portal, { account, key })
  await invite(stay.browser)
  const { body: events } = await portal.asApp('GET', '/v1/events', undefined, key)
  identity.person = { sub: 'sub_agent', name: 'Robin agent', groups: ['agent'] }
  const desk = deskBrowser(portal, identity)
  await signInAtDesk(desk)
  const { body: privacy } = await stay.browser.get('/api/sessions')
  const session = (privacy as { sessions: { id: string }[] }).sessions[0]?.id ?? ''
  const link = (await openGuests(portal, () => stay).make()).id
  const at = `/api/desk/accounts/${app}/${account}`
  const { body: view } = await desk.post(`${at}/view-as`, { reason: 'They wrote to us' })
  const noted = await desk.ask(
    'POST',
    `${at}/notes`,
    { reason: 'So that all know', about: { kind: 'reason', reason: 'account_frozen' }, text: 'They will pay' },
    { 'idempotency-key': randomUUID() },
  )
  return {
    key,
    app,
    stay,
    account,
    invoice,
    check,
    session,
    person: payer,
    payer,
    link,
    event: (events as { events: { id: string }[] }).events[0]?.id ?? '',
    view: (view as { path: string }).path.split('/')[2] ?? '',
    subscription: subscriptions[0] ?? '',
    method,
    note: /not_[\w-]{22}/.exec(noted.text)?.[0] ?? '',
  }
}
