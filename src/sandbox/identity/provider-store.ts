import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

type Kept = { readonly payload: AdapterPayload; readonly until: number }

/** More than four people on one machine ever hold at once; whoever begins sign-ins without end fills no memory. */
const MOST = 1_000

/** What the provider remembers, of every kind: sessions, codes, grants. Gone when it stops. */
export function createProviderStore(now: () => number = Date.now): AdapterFactory {
  const all = new Map<string, Kept>()

  return (kind): Adapter => {
    const keyOf = (id: string) => `${kind}:${id}`
    const find = (id: string) => {
      const kept = all.get(keyOf(id))
      return kept && kept.until > now() ? kept.payload : undefined
    }
    const findBy = (is: (payload: AdapterPayload) => boolean) => {
      for (const [key, { payload, until }] of all)
        if (key.startsWith(`${kind}:`) && until > now() && is(payload)) return payload
      return undefined
    }
    return {
      upsert: async (id, payload, seconds) => {
        all.delete(keyOf(id))
        all.set(keyOf(id), { payload, until: seconds === undefined ? Infinity : now() + seconds * 1_000 })
        for (const key of all.keys()) {
          if (all.size <= MOST) break
          all.delete(key)
        }
      },
      find: async (id) => find(id),
      findByUid: async (uid) => findBy((payload) => payload.uid === uid),
      findByUserCode: async (code) => findBy((payload) => payload.userCode === code),
      consume: async (id) => {
        const payload = find(id)
        if (payload) payload.consumed = Math.floor(now() / 1_000)
      },
      destroy: async (id) => {
        all.delete(keyOf(id))
      },
      revokeByGrantId: async (grantId) => {
        for (const [key, { payload }] of all) if (payload.grantId === grantId) all.delete(key)
      },
    }
  }
}
