import {
  DeedAnswerSchema,
  SetupAnswerSchema,
  type BillingDetailsRequest,
  type DeedAnswer,
  type PayingFix,
  type PayRequest,
  type RaiseCapRequestSchema,
} from '#contract/deed.ts'
import type { PlanAct } from '#contract/holding.ts'
import { mutationOptions, type QueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { attemptKey, learn, renew, type Intention } from './attempt.ts'
import { ApiError, post, request } from './http.ts'
import { everyInvoice } from './invoices.ts'
import { everyOffer } from './offers.ts'
import { overviewQuery } from './overview.ts'
import { planQuery } from './plan.ts'
import { visitQuery } from './visit.ts'

/** A deed is never repeated behind the person's back, and never held back until the browser thinks it is online. */
const once = { retry: 0, networkMode: 'always' } as const

/** Begins saving a card: answers the client secret that the bank's fields need. Repeating it returns the same one. */
export function setupDeed(check: string | undefined) {
  const intention = { deed: 'update-card/setup', check }
  return mutationOptions({
    mutationKey: ['setup', check ?? null],
    mutationFn: () =>
      request(SetupAnswerSchema, '/api/fixes/update-card/setup', post(visited(check), attemptKey(intention))),
    onSuccess: () => renew(intention),
    onError: (error) => giveUp(intention, error),
    ...once,
  })
}

/** Pays the plan that was shown. Teaches the cache the fresh visit that every answer carries. */
export function payDeed(client: QueryClient, fix: PayingFix, check: string | undefined) {
  const intention = { deed: fix, check }
  return mutationOptions({
    mutationKey: ['pay', fix, check ?? null],
    mutationFn: (wish: Pick<PayRequest, 'with' | 'plan'>) =>
      request(DeedAnswerSchema, `/api/fixes/${fix}`, post({ ...visited(check), ...wish }, attemptKey(intention))),
    ...remembering(client, intention),
  })
}

/** Asks for the bank's check (`finished: false`), or reads what came of it (`finished: true`). */
export function confirmDeed(client: QueryClient, check: string | undefined) {
  const intentionOf = (finished: boolean) => ({ deed: `confirm-payment/${finished ? 'finish' : 'begin'}`, check })
  return mutationOptions({
    mutationKey: ['confirm', check ?? null],
    mutationFn: ({ invoice, finished }: { readonly invoice: string; readonly finished: boolean }) =>
      request(
        DeedAnswerSchema,
        '/api/fixes/confirm-payment',
        post({ ...visited(check), invoice, finished }, attemptKey(intentionOf(finished))),
      ),
    onSuccess: (answer, { finished }) => remembering(client, intentionOf(finished)).onSuccess(answer),
    onError: (error, { finished }) => giveUp(intentionOf(finished), error),
    ...once,
  })
}

/** Does what costs nothing now with a subscription; the pages that tell of it are read again before it is called done. */
export function planActDeed(client: QueryClient, subscription: string) {
  const intentionOf = ({ act }: PlanAct) => ({ deed: `plan/${act}/${subscription}`, check: undefined })
  const send = (act: PlanAct) => request(DeedAnswerSchema, '/api/plan', post(act, attemptKey(intentionOf(act))))
  return mutationOptions({
    mutationKey: ['plan', subscription],
    mutationFn: (act: PlanAct) => unlessReused(intentionOf(act), () => send(act)),
    onSuccess: async (answer, act) => {
      void client.invalidateQueries(everyOffer)
      await remembering(client, intentionOf(act)).onSuccess(answer)
    },
    onError: (error, act) => giveUp(intentionOf(act), error),
    ...once,
  })
}

/** What is filled in or set rather than paid, by the server's verb. */
export type Settings = {
  readonly 'billing-details': Omit<BillingDetailsRequest, 'check'>
  readonly 'raise-cap': Omit<z.infer<typeof RaiseCapRequestSchema>, 'check'>
}

/** Sets something. */
export function settingDeed<V extends keyof Settings>(client: QueryClient, verb: V, check: string | undefined) {
  const intention = { deed: verb, check }
  const send = (wish: Settings[V]) =>
    request(DeedAnswerSchema, `/api/fixes/${verb}`, post({ ...visited(check), ...wish }, attemptKey(intention)))
  return mutationOptions({
    mutationKey: ['set', verb, check ?? null],
    mutationFn: (wish: Settings[V]) => unlessReused(intention, () => send(wish)),
    ...remembering(client, intention),
  })
}

/** What was corrected after a lost answer is another request, so it goes out under another name. */
async function unlessReused<T>(intention: Intention, send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem?.code !== 'key-reused') throw error
    renew(intention)
    return send()
  }
}

function remembering(client: QueryClient, intention: Intention) {
  return {
    onSuccess: ({ outcome, visit }: DeedAnswer) => {
      learn(intention, outcome)
      client.setQueryData(visitQuery(intention.check).queryKey, visit)
      return forgetPages(client)
    },
    onError: (error: Error) => giveUp(intention, error),
    ...once,
  }
}

/** What the account's pages said of it is old news: one that is open is read again, the others when they are. */
async function forgetPages(client: QueryClient): Promise<void> {
  for (const { queryKey } of [overviewQuery, planQuery, everyInvoice])
    client.removeQueries({ queryKey, type: 'inactive' })
  await Promise.all([
    client.invalidateQueries(overviewQuery),
    client.invalidateQueries(planQuery),
    client.invalidateQueries(everyInvoice),
  ])
}

/** Refusals after which the very same request may still be answered. */
const stillOpen = ['no-session', 'in-progress', 'too-many']

/** A plain refusal did nothing, so the next click is a new intention. Silence and a server's fault may have done something. */
function giveUp(intention: Intention, error: Error): void {
  if (!(error instanceof ApiError) || error.problem === undefined || error.status >= 500) return
  if (!stillOpen.includes(error.problem.code)) renew(intention)
}

function visited(check: string | undefined) {
  return check === undefined ? {} : { check }
}
