import type { Hint } from '#contract/hint.ts'
import type { Visit } from '#contract/visit.ts'
import type { QueryClient } from '@tanstack/react-query'
import { redirect, replace, type LoaderFunctionArgs } from 'react-router-dom'
import { exchange, follow, type Arrival } from './api/arrival.ts'
import { ApiError } from './api/http.ts'
import { visitQuery } from './api/visit.ts'
import { hintIn, hintOfCode } from './hint.ts'
import { paths, place, withCheck } from './paths.ts'

type Welcome = Promise<Response | Arrival>

/**
 * All ways in. A ticket is exchanged once; with a session one goes where live state says; without one, one says who one
 * is. A link of another account leads to the place where one chooses between the two.
 */
export function openDoor(client: QueryClient, ticket: string | undefined) {
  let unused = ticket
  let waiting: Arrival | undefined

  /** Where an address leads that only hints; `inside` when it says nothing that a session does not know. */
  async function arriveBy(hint: Hint, inside: (check: string | undefined) => Welcome): Welcome {
    const answer = await follow(client, hint, false)
    return answer.kind === 'entered' ? inside(answer.check) : { kind: 'hint', hint, answer }
  }

  return {
    /** `/` */
    start: async (): Promise<Response> => {
      try {
        const visit = await client.fetchQuery(visitQuery())
        return replace(visit.diagnosis.verdict === 'blocked' ? place(visit) : paths.overview)
      } catch (error) {
        if (!is(401, error)) throw error
        return replace(paths.signIn)
      }
    },
    /** `/fix` */
    arrive: async ({ request }: LoaderFunctionArgs): Welcome => {
      if (unused !== undefined) {
        const taken = unused
        unused = undefined
        const answer = await exchange(client, taken, false)
        if (answer.kind === 'entered') return replace(withCheck(paths.enter, answer.check))
        const arrival: Arrival = { kind: 'link', ticket: taken, answer }
        if (answer.kind !== 'switch') return arrival
        waiting = arrival
        return replace(paths.switchAccount)
      }
      const hint = hintIn(new URL(request.url).search)
      // What an app without the SDK says is written down first: the visit is about that.
      if (hint.kind === 'plain') return arriveBy(hint, async (check) => replace(withCheck(paths.enter, check)))
      const check = hint.kind === 'check' ? hint.check : undefined
      try {
        return replace(place(await client.fetchQuery(visitQuery(check))))
      } catch (error) {
        if (!is(401, error) && (check === undefined || !is(404, error))) throw error
        // A refusal that is made up says nothing; what is wrong with the account itself still counts.
        return arriveBy(hint, async () => replace(place(await lookAtAccount(client))))
      }
    },
    // After a reload the link is gone; who was signed in before still is.
    choose: () => waiting ?? replace(paths.enter),
    /** `/r/7KQ2-M4XD` */
    arriveByCode: async ({ params }: LoaderFunctionArgs): Welcome => {
      try {
        return await arriveBy(hintOfCode(params['code'] ?? ''), async (check) => replace(withCheck(paths.enter, check)))
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 429) throw error
        return { kind: 'code', wait: error.retryAfter ?? 60 }
      }
    },
    /** `/r` */
    askForCode: (): Arrival => ({ kind: 'code' }),
    /** `/sign-in` */
    signIn: (): Welcome => arriveBy({ kind: 'none' }, async () => redirect(paths.home)),
  }
}

function lookAtAccount(client: QueryClient): Promise<Visit> {
  return client.fetchQuery(visitQuery())
}

function is(status: number, error: unknown): boolean {
  return error instanceof ApiError && error.status === status
}
