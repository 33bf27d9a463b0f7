import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** That somebody was asked to mend it: `to` is a member's id, or where support wrote to, an address. */
export type Asked = {
  readonly to: string
  readonly by: 'colleague' | 'support'
  /** Unix seconds. */
  readonly at: number
  readonly state: 'sending' | 'sent' | 'opened' | 'lifted' | 'failed'
}

const mailStates = { queued: 'sending', sent: 'sent', failed: 'failed' } as const

const AskedRow = z
  .object({
    to: z.string(),
    by: z.enum(['colleague', 'support']),
    at: z.coerce.number(),
    mail: z.enum(['queued', 'sent', 'failed']),
    opened: z.boolean(),
    lifted: z.boolean(),
  })
  .transform(({ mail, opened, lifted, ...rest }): Asked => ({
    ...rest,
    state: lifted ? 'lifted' : opened ? 'opened' : mailStates[mail],
  }))

/** Letters of colleagues and of support since an instant, the newest first; at most 200. */
export async function findNewestAsks(
  database: Queries,
  { app, account }: AccountKey,
  since: number,
): Promise<readonly Asked[]> {
  const rows = await database.query(
    `select * from (
       select asks.asked as "to", 'colleague' as by, asks.created as at, mails.state as mail,
         asks.opened is not null as opened, asks.lifted is not null as lifted
       from asks join mails on mails.app = asks.app and mails.account = asks.account and mails.id = asks.mail
       where asks.app = $1 and asks.account = $2 and asks.created > $3
       union all
       select recipient, 'support', created, state, false, false
       from mails where app = $1 and account = $2 and purpose = 'support' and created > $3
     ) asked order by at desc limit 200`,
    [app, account, since],
  )
  return rows.map((row) => AskedRow.parse(row))
}
