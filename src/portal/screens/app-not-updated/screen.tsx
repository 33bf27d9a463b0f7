import { Button, buttonLook } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from 'react-router-dom'
import { visitQuery } from '#portal/api/visit.ts'
import { useFormat } from '#portal/format.ts'
import { AskUs, Frame } from '#portal/frame.tsx'
import { place } from '#portal/paths.ts'
import { useVisit } from '#portal/visited.ts'
import { Words, useWords } from '#portal/words/words.ts'

/** Looks again after 2, 4, 8 … seconds, at most a minute apart, eight times in all. */
const TIMES = 8
function patience(looks: number): number | false {
  return looks > TIMES ? false : Math.min(2 ** looks, 60) * 1_000
}

/** Billing says yes and the app says no. Nobody is sent back into the loop; they choose when to try. */
export function Component() {
  const visit = useVisit()
  const { say } = useWords()
  const format = useFormat()
  const look = useQuery({
    ...visitQuery(visit.check?.id),
    refetchInterval: ({ state }) => patience(state.dataUpdateCount),
  })
  if (visit.diagnosis.verdict !== 'clear') return <Navigate to={place(visit)} replace />
  const { app, check, merchant } = visit
  return (
    <Frame
      visit={visit}
      headline={say('notUpdated.headline', { app: app.name })}
      why={<Words id="notUpdated.why" values={{ app: <bdi>{app.name}</bdi> }} />}
      ways={[<AskUs key="ask" merchant={merchant} />]}
      next={<Words id="notUpdated.watching" values={{ time: format.time(visit.now) }} />}
    >
      <div className="flex flex-col gap-3">
        <a href={app.url} className={buttonLook('primary')}>
          <Words id="notUpdated.try" values={{ app: app.name }} />
        </a>
        <Button
          kind="quiet"
          onClick={() => void look.refetch()}
          busy={look.isFetching}
          busyText={<Words id="frame.checking" />}
        >
          <Words id="frame.checkAgain" />
        </Button>
      </div>
      {check && (
        <div className="flex flex-col gap-2 border-t border-hairline pt-6">
          <p className="text-quiet">
            <Words id="notUpdated.tired" values={{ merchant: merchant.name }} />
          </p>
          <p className="font-mono break-all select-all">{check.id}</p>
          <CopyButton
            kind="quiet"
            text={check.id}
            copied={<Words id="notUpdated.copied" />}
            refused={<Words id="ask.refused" />}
          >
            <Words id="notUpdated.copy" />
          </CopyButton>
        </div>
      )}
    </Frame>
  )
}
