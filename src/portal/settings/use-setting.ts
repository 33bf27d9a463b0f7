import type { DeedAnswer } from '#contract/deed.ts'
import type { Visit } from '#contract/visit.ts'
import { settingDeed, type Settings } from '#portal/api/deeds.ts'
import { ApiError } from '#portal/api/http.ts'
import { isNeeded, place, type Done } from '#portal/paths.ts'
import { useStepUp } from '#portal/step-up/use-step-up.tsx'
import { isSignedOut } from '#portal/watch.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router-dom'

/** Why nothing was saved, where it is no single field's fault. */
export type SettingTrouble = 'offline' | 'failed' | 'elsewhere' | 'tooMany' | 'notAllowed' | 'stale'

/** A form that sets something: where the deed stands. A lost session is thrown to the trouble screen. */
export function useSaving<V extends keyof Settings>(verb: V, check?: string) {
  const client = useQueryClient()
  const running = useRef(false)
  const { deed, dialog } = useStepUp(settingDeed(client, verb, check))
  if (isSignedOut(deed.error)) throw deed.error

  /** Undefined where nothing was saved: `trouble` or `refused` says why. */
  async function save(wish: Settings[V]): Promise<DeedAnswer | undefined> {
    // The second click of a double click comes before the screen has said that it is busy.
    if (running.current) return undefined
    running.current = true
    try {
      const answer = await deed.mutateAsync(wish)
      return answer.outcome.kind === 'done' ? answer : undefined
    } catch (error) {
      if (error instanceof ApiError && error.status === 403) void client.invalidateQueries()
      return undefined
    } finally {
      running.current = false
    }
  }

  return {
    save,
    /** Where the person has to prove first who they are; drawn somewhere on the page. */
    dialog,
    busy: deed.isPending,
    trouble: deed.isPending ? undefined : troubleOf(deed.error, deed.data?.outcome.kind),
    /** Paths of the fields that the server would not take. */
    refused: deed.error instanceof ApiError ? (deed.error.problem?.errors ?? []).map(({ path }) => path) : [],
    /** The person has changed what was wrong. */
    changed: () => {
      if (!deed.isPending && !deed.isIdle) deed.reset()
    },
  }
}

/** The one button of a fix: what was saved leads on to the next screen. */
export function useSetting<V extends keyof Settings>(visit: Visit, verb: V) {
  const navigate = useNavigate()
  const [over, setOver] = useState(false)
  const saving = useSaving(verb, visit.check?.id)

  /** `done` is what the next screen says was done. */
  async function save(wish: Settings[V], done: Done): Promise<void> {
    const answer = await saving.save(wish)
    if (!answer) return
    setOver(!isNeeded(answer.visit, verb))
    await navigate(place(answer.visit), { replace: true, state: done })
  }

  return { ...saving, save, busy: saving.busy || over }
}

const troubles: Readonly<Record<number, SettingTrouble | 'fields'>> = {
  0: 'offline',
  400: 'fields',
  403: 'notAllowed',
  409: 'elsewhere',
  429: 'tooMany',
}

function troubleOf(error: Error | null, outcome: string | undefined): SettingTrouble | undefined {
  if (!error) return outcome === undefined || outcome === 'done' ? undefined : 'stale'
  if (!(error instanceof ApiError)) return 'failed'
  const trouble = troubles[error.status] ?? 'failed'
  if (trouble !== 'fields') return trouble
  return error.problem?.errors ? undefined : 'failed'
}
