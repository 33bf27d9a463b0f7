import type { Visit } from '#contract/visit.ts'
import { settingDeed, type Settings } from '#portal/api/deeds.ts'
import { ApiError } from '#portal/api/http.ts'
import { visitQuery } from '#portal/api/visit.ts'
import { isNeeded, place, type Done } from '#portal/paths.ts'
import { isSignedOut } from '#portal/watch.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router-dom'

/** Why nothing was saved, where it is no single field's fault. */
export type SettingTrouble = 'offline' | 'failed' | 'elsewhere' | 'tooMany' | 'notAllowed' | 'stale'

/** A form that sets something: one button, and where the deed stands. A lost session is thrown to the trouble screen. */
export function useSetting<V extends keyof Settings>(visit: Visit, verb: V) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const check = visit.check?.id
  const running = useRef(false)
  const [over, setOver] = useState(false)
  const deed = useMutation(settingDeed(client, verb, check))
  if (isSignedOut(deed.error)) throw deed.error

  /** `done` is what the next screen says was done. */
  async function save(wish: Settings[V], done: Done): Promise<void> {
    // The second click of a double click comes before the screen has said that it is busy.
    if (running.current) return
    running.current = true
    try {
      const { outcome, visit: fresh } = await deed.mutateAsync(wish)
      if (outcome.kind !== 'done') return
      setOver(!isNeeded(fresh, verb))
      await navigate(place(fresh), { replace: true, state: done })
    } catch (error) {
      if (error instanceof ApiError && error.status === 403) void client.invalidateQueries(visitQuery(check))
    } finally {
      running.current = false
    }
  }

  return {
    save,
    busy: deed.isPending || over,
    trouble: deed.isPending ? undefined : troubleOf(deed.error, deed.data?.outcome.kind),
    /** Paths of the fields that the server would not take. */
    refused: deed.error instanceof ApiError ? (deed.error.problem?.errors ?? []).map(({ path }) => path) : [],
    /** The person has changed what was wrong. */
    changed: () => {
      if (!deed.isPending && !deed.isIdle) deed.reset()
    },
  }
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
