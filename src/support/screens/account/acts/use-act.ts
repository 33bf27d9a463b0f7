import { actRefusals, type ActRefusal, type DeskActDone, type DeskActs } from '#contract/desk-acts.ts'
import { doAct } from '#support/api/acts.ts'
import { DeskError } from '#support/api/http.ts'
import { failureWords, refusalWords } from '#support/words/acts.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { day } from './days.ts'

export type Place = { readonly app: string; readonly account: string }

export type ActState = {
  readonly send: (body: object) => void
  readonly busy: boolean
  readonly done: DeskActDone | undefined
  /** What is wrong, at the field of the request that it is about. */
  readonly errors: Readonly<Record<string, string>>
  /** What is wrong with no field. */
  readonly trouble: string | undefined
}

/** One act from the dialog that asks for it: however often it is pressed, one attempt. */
export function useAct({ app, account }: Place, path: string, acts: DeskActs): ActState {
  const client = useQueryClient()
  const [attempt] = useState(() => crypto.randomUUID())
  const act = useMutation({
    mutationFn: (body: object) => doAct(app, account, path, body, attempt),
    onSettled: () =>
      Promise.all(
        ['answer', 'acts', 'timeline'].map((about) => client.invalidateQueries({ queryKey: [about, app, account] })),
      ),
  })
  const { error } = act
  const problem = error instanceof DeskError ? error.problem : undefined
  const errors = Object.fromEntries((problem?.errors ?? []).map(({ path, message }) => [path, say(message, acts)]))
  return {
    // A second press while the first one is on its way is no second act.
    send: (body) => {
      if (!act.isPending) act.mutate(body)
    },
    busy: act.isPending,
    done: act.data,
    errors,
    trouble: error === null || Object.keys(errors).length > 0 ? undefined : troubleIn(error),
  }
}

function say(message: string, acts: DeskActs): string {
  const refusal = actRefusals.find((one): one is ActRefusal => one === message)
  if (!refusal) return message
  const { ends, latest } = acts.grace
  return refusalWords[refusal](acts, {
    ends: ends === undefined || ends <= acts.now ? undefined : day(ends, acts.now),
    latest: day(latest, acts.now),
  })
}

function troubleIn(error: Error): string {
  if (!(error instanceof DeskError) || error.status === 0) return failureWords.unsure
  const code = error.problem?.code ?? ''
  return code in failureWords ? failureWords[code as keyof typeof failureWords] : failureWords.other
}
