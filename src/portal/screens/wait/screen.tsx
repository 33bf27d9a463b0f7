import type { Visit } from '#contract/visit.ts'
import { AskUs, BackToApp, Frame } from '#portal/frame.tsx'
import { useFormat } from '#portal/format.ts'
import { LookAgain } from '#portal/look-again.tsx'
import { place } from '#portal/paths.ts'
import { useVisit } from '#portal/visited.ts'
import { backOff, useWatch } from '#portal/watch.ts'
import { WatchFailed } from '#portal/watch-failed.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { Card } from '#ui/card.tsx'
import { Progress } from '#ui/progress.tsx'
import { useState } from 'react'
import { Navigate } from 'react-router-dom'
import { Countdown } from './countdown.tsx'

/** A countdown and never a sale: it ends by itself and leads back. */
export function Component() {
  const visit = useVisit()
  const { say } = useWords()
  const look = useWatch(visit.check?.id, patience, true)
  const found = limitIn(visit)
  const [waited] = useState(found !== undefined)

  if (!found) return <Navigate to={place(visit)} replace state={waited ? { waited } : undefined} />
  const { until, seconds } = found
  const failed = look.isError && !look.isFetching
  return (
    <Frame
      visit={visit}
      headline={say('reason.rate_limited')}
      why={<Why found={found} />}
      ways={[<BackToApp key="app" app={visit.app} />, <AskUs key="us" merchant={visit.merchant} />]}
      next={<Words id="wait.next" values={{ app: <bdi>{visit.app.name}</bdi> }} />}
    >
      <Card>
        {until === undefined ? (
          <Progress>
            <Words id="wait.unknownEnd" />
          </Progress>
        ) : (
          <Countdown key={until} visit={visit} until={until} readAt={look.dataUpdatedAt} whole={seconds} />
        )}
      </Card>
      {failed && <WatchFailed />}
      {(until === undefined || failed) && <LookAgain kind="quiet" check={visit.check?.id} />}
    </Frame>
  )
}

type Found = NonNullable<ReturnType<typeof limitIn>>

/** Only where nothing comes before it. */
function limitIn({ diagnosis: { blockers } }: Visit) {
  const [first] = blockers
  return first?.reason === 'rate_limited' ? first : undefined
}

/** One look when the time is up, a second late so that it is up on the server as well; after that ever more seldom. */
function patience(visit: Visit, looks: number): number {
  const until = limitIn(visit)?.until
  return until !== undefined && until > visit.now ? until - visit.now + 1 : backOff(looks)
}

function Why({ found: { limit, seconds } }: { readonly found: Found }) {
  const format = useFormat()
  if (limit === undefined || seconds === undefined) return <Words id="wait.why" />
  return <Words id="wait.whyLimit" values={{ limit: format.number(limit), span: format.span(seconds) }} />
}
