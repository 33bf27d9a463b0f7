import type { DeskDone, HoldActSchema, LiftHoldActSchema } from '#contract/desk-acts.ts'
import { compact } from '#diagnosis/compact.ts'
import type { z } from 'zod'
import { findAccount } from '#server/store/accounts.ts'
import { setStaffHold } from '#server/store/desk-acts.ts'
import { actOnce, refusedAt, type Attempt } from './act-once.ts'
import { afterwards } from './afterwards.ts'

/** Serves the account nothing until support lifts it; held already, only its note is another one. Throws ApiError not-found. */
export async function holdAccount(attempt: Attempt, request: z.infer<typeof HoldActSchema>): Promise<DeskDone> {
  const { hands, account } = attempt
  await actOnce(
    attempt,
    { deed: 'hold', request, detail: { what: 'held' } },
    {
      act: async (queries) => {
        const held = (await findAccount(queries, account))?.staffHold
        const hold = { since: held?.since ?? hands.now(), ...compact({ note: request.note }) }
        await setStaffHold(queries, account, hold, hands.now())
      },
    },
  )
  return { deed: 'hold', held: true, ...(await afterwards(hands, account)) }
}

/** Lifts support's own hold; the app's stays until the app lifts it. Throws ApiError not-found, invalid-request. */
export async function liftHold(attempt: Attempt, request: z.infer<typeof LiftHoldActSchema>): Promise<DeskDone> {
  const { hands, account } = attempt
  await actOnce(
    attempt,
    { deed: 'hold', request, detail: { what: 'lifted' } },
    {
      act: async (queries) => {
        if (!(await findAccount(queries, account))?.staffHold) throw refusedAt('reason', 'not-held')
        await setStaffHold(queries, account, undefined, hands.now())
      },
    },
  )
  return { deed: 'hold', held: false, ...(await afterwards(hands, account)) }
}
