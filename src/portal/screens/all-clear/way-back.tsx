import type { Visit } from '#contract/visit.ts'
import { Button, buttonLook, LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Progress } from '#ui/progress.tsx'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { returnQuery } from '#portal/api/return.ts'
import { Words } from '#portal/words/words.ts'

type WayBackProps = { readonly check: string; readonly app: Visit['app'] }

/** Asks once more, then goes: a person is never sent back to a closed door. */
export function WayBack({ check, app }: WayBackProps) {
  const answer = useQuery(returnQuery(check))
  if (answer.isError) return <Unasked app={app} />
  if (answer.isPending) {
    return (
      <Progress>
        <Words id="clear.asking" values={{ app: app.name }} />
      </Progress>
    )
  }
  if (answer.data.kind === 'still_blocked') {
    return <Doubt isAsking={answer.isFetching} onAsk={() => void answer.refetch()} />
  }
  return <Departure url={answer.data.url} app={app} isRegistered={answer.data.notice === 'none'} />
}

/** Milliseconds in which one can read what was paid, and stay. */
const PAUSE = 2_500

function Departure({
  url,
  app,
  isRegistered,
}: {
  readonly url: string
  readonly app: Visit['app']
  readonly isRegistered: boolean
}) {
  const [stays, setStays] = useState(false)
  const leaves = isRegistered && !stays
  useEffect(() => {
    if (!leaves) return
    const timer = setTimeout(() => window.location.assign(url), PAUSE)
    return () => clearTimeout(timer)
  }, [leaves, url])
  return (
    <div className="flex flex-col gap-3">
      {!isRegistered && <Notice kind="info" word={<Words id="clear.unregistered" values={{ app: app.name }} />} />}
      <a href={url} className={buttonLook('primary')}>
        <Words id="clear.go" values={{ app: app.name }} />
      </a>
      <div className="flex min-h-11 items-center justify-between gap-4">
        <output className="text-quiet">
          {leaves && <Words id="clear.leaving" values={{ app: app.name }} />}
          {stays && <Words id="clear.stayed" />}
        </output>
        {leaves && (
          <LinkButton onClick={() => setStays(true)}>
            <Words id="clear.stay" />
          </LinkButton>
        )}
      </div>
    </div>
  )
}

function Doubt({ isAsking, onAsk }: { readonly isAsking: boolean; readonly onAsk: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <Notice kind="warning" role="alert" word={<Words id="clear.doubt" />}>
        <Words id="clear.doubtWhy" />
      </Notice>
      <Button onClick={onAsk} busy={isAsking} busyText={<Words id="frame.checking" />}>
        <Words id="frame.checkAgain" />
      </Button>
    </div>
  )
}

function Unasked({ app }: { readonly app: Visit['app'] }) {
  return (
    <div className="flex flex-col gap-4">
      <Notice kind="warning" role="alert" word={<Words id="clear.unasked" />}>
        <Words id="clear.unaskedWhy" values={{ app: app.name }} />
      </Notice>
      <a href={app.url} className={buttonLook('primary')}>
        <Words id="clear.go" values={{ app: app.name }} />
      </a>
    </div>
  )
}
