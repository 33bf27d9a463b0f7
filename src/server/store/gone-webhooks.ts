import type { Queries } from './database.ts'

/** Addresses that answered 410 Gone are not written to. */
export async function isGone(database: Queries, app: string, url: string): Promise<boolean> {
  const rows = await database.query('select 1 from gone_webhooks where app = $1 and url = $2', [app, url])
  return rows.length > 0
}

export async function markGone(database: Queries, app: string, url: string, now: number): Promise<void> {
  await database.query('insert into gone_webhooks (app, url, since) values ($1, $2, $3) on conflict do nothing', [
    app,
    url,
    now,
  ])
}

export async function clearGone(database: Queries, app: string): Promise<void> {
  await database.query('delete from gone_webhooks where app = $1', [app])
}
