import type { Privacy, SignedIn } from '#contract/privacy.ts'
import { Badge } from '#ui/badge.tsx'
import { LinkButton } from '#ui/button.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { after } from '#portal/api/after.ts'
import { ApiError } from '#portal/api/http.ts'
import { endPlaceDeed } from '#portal/api/privacy.ts'
import { useFormat } from '#portal/format.ts'
import { Told } from '#portal/told.tsx'
import { isSignedOut } from '#portal/watch.ts'
import { useWords, Words, type Say } from '#portal/words/words.ts'
import { Failed } from './failed.tsx'

/** Each with its device, its way in, and when it was last seen; all but this one can be ended here. */
export function Sessions({ privacy: { sessions, app, now } }: { readonly privacy: Privacy }) {
  const { say } = useWords()
  const format = useFormat()
  const end = useMutation(endPlaceDeed(useQueryClient()))
  if (isSignedOut(end.error)) throw end.error
  // What was over already needs no word: the list is read again.
  const failed = end.error && !(end.error instanceof ApiError && end.error.status === 404)
  const [ended, setEnded] = useState<SignedIn>()
  return (
    <>
      {failed && <Failed />}
      {ended && !failed && !end.isPending && (
        <Told key={ended.id} word={<Words id="privacy.ended" values={{ device: deviceIn(ended, say) }} />} />
      )}
      <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
        {sessions.map((session) => {
          const device = deviceIn(session, say)
          const ending = end.isPending && end.variables === session.id
          return (
            <li key={session.id} className="flex flex-col gap-x-6 py-3 sm:flex-row sm:items-center sm:justify-between">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span className="font-medium">{device}</span>
                  {session.here && (
                    <Badge tone="success" icon="success">
                      <Words id="privacy.here" />
                    </Badge>
                  )}
                </p>
                <p className="text-small text-quiet">
                  <Words
                    id={`privacy.${session.how}`}
                    values={{ app: app.name, moment: format.moment(session.since, now) }}
                  />
                </p>
                {!session.here && (
                  <p className="text-small text-quiet">
                    <Words id="privacy.seen" values={{ moment: format.moment(session.seen, now) }} />
                  </p>
                )}
              </div>
              {!session.here && (
                <LinkButton
                  aria-label={say('privacy.endPlace', { device })}
                  onClick={() => {
                    if (!end.isPending) after(end.mutateAsync(session.id), () => setEnded(session))
                  }}
                >
                  <Words id={ending ? 'privacy.ending' : 'privacy.end'} />
                </LinkButton>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function deviceIn({ browser, system }: SignedIn, say: Say): string {
  if (browser !== undefined && system !== undefined) return say('privacy.device', { browser, system })
  return browser ?? system ?? say('privacy.unknownDevice')
}
