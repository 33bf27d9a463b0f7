import type { Visit } from '#contract/visit.ts'
import { Contact } from '#portal/explained.tsx'
import { BackToApp, Frame } from '#portal/frame.tsx'
import { useFormat } from '#portal/format.ts'
import { LookAgain } from '#portal/look-again.tsx'
import { place } from '#portal/paths.ts'
import { useVisit } from '#portal/visited.ts'
import { backOff, useWatch } from '#portal/watch.ts'
import { WatchFailed } from '#portal/watch-failed.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { Card } from '#ui/card.tsx'
import { Progress } from '#ui/progress.tsx'
import { Row } from '#ui/stack.tsx'
import { useState } from 'react'
import { Navigate } from 'react-router-dom'

/** The merchant's fault and the merchant's to mend: nothing to do, nothing to pay, and no promise that nobody can keep. */
export function Component() {
  const visit = useVisit()
  const { say } = useWords()
  const format = useFormat()
  const look = useWatch(visit.check?.id, (_, looks) => backOff(looks))
  const found = interruptionIn(visit)
  const [waited] = useState(found !== undefined)

  if (!found) return <Navigate to={place(visit)} replace state={waited ? { waited } : undefined} />
  const { app, merchant, now } = visit
  const { since, until } = found
  return (
    <Frame
      visit={visit}
      headline={say('reason.upstream_billing')}
      why={<Words id="vendor.why" values={{ merchant: <bdi>{merchant.name}</bdi> }} />}
      ways={[
        <BackToApp key="app" app={app} />,
        ...(merchant.statusUrl === undefined ? [] : [<Status key="status" url={merchant.statusUrl} />]),
        <Contact key="contact" merchant={merchant} kind="link" />,
      ]}
      next={<Words id="vendor.next" values={{ app: <bdi>{app.name}</bdi> }} />}
    >
      <Card>
        {since !== undefined && <Row start={<Words id="vendor.since" />} end={format.moment(since, now)} />}
        <Row
          start={<Words id="vendor.expected" />}
          end={
            until === undefined ? (
              <Words id="vendor.unknown" />
            ) : (
              <Words id="vendor.until" values={{ moment: format.moment(until, now) }} />
            )
          }
        />
        <Progress>
          <Words id="notUpdated.watching" values={{ time: format.time(now) }} />
        </Progress>
      </Card>
      {look.isError && !look.isFetching && <WatchFailed />}
      <LookAgain kind="primary" check={visit.check?.id} />
    </Frame>
  )
}

function interruptionIn({ diagnosis: { blockers } }: Visit) {
  const [first] = blockers
  return first?.reason === 'upstream_billing' ? first : undefined
}

function Status({ url }: { readonly url: string }) {
  return (
    <a href={url} className="link target">
      <Words id="vendor.status" />
    </a>
  )
}
