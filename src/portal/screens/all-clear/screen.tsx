import type { Visit } from '#contract/visit.ts'
import { buttonLook } from '#ui/button.tsx'
import { DrawnCheck } from '#ui/icon.tsx'
import { Link, Navigate, useLocation } from 'react-router-dom'
import { useFormat, type Format } from '#portal/format.ts'
import { Frame } from '#portal/frame.tsx'
import { doneWord } from '#portal/just-done.tsx'
import { doneIn, paths, place, type Done } from '#portal/paths.ts'
import { stepsOf } from '#portal/steps.tsx'
import { nameOf } from '#portal/person.ts'
import { useVisit } from '#portal/visited.ts'
import { Words, useWords, type Say } from '#portal/words/words.ts'
import { WayBack } from './way-back.tsx'

/** The end of the corridor: what was done, and the way back. */
export function Component() {
  const visit = useVisit()
  const done = doneIn(useLocation().state)
  const { say } = useWords()
  const format = useFormat()
  if (visit.diagnosis.verdict !== 'clear') return <Navigate to={place(visit)} replace />
  return (
    <Frame
      visit={visit}
      mark={<DrawnCheck />}
      headline={headlineOf(visit, done, say, format)}
      why={
        <>
          {whyOf(visit, done, say, format)}
          {done.recharge && <> {say(done.recharge === 'on' ? 'done.recharge' : 'done.rechargeFailed')}</>}
        </>
      }
      ways={[
        <Link key="overview" to={paths.overview} className="link target">
          <Words id="frame.overview" />
        </Link>,
      ]}
    >
      {visit.check ? (
        <WayBack check={visit.check.id} app={visit.app} />
      ) : (
        <a href={visit.app.url} className={buttonLook('primary')}>
          <Words id="clear.go" values={{ app: visit.app.name }} />
        </a>
      )}
    </Frame>
  )
}

function headlineOf({ ask }: Visit, done: Done, say: Say, format: Format): string {
  const lifted = ask?.state === 'lifted' ? say('clear.lifted', { name: nameOf(ask.to, say) }) : undefined
  return doneWord(done, say, format) ?? lifted ?? say('clear.nothing')
}

function whyOf(visit: Visit, { paid, method, saved, ...rest }: Done, say: Say, format: Format): string {
  const { app, check, ask } = visit
  const { length: steps } = stepsOf(visit).done
  if (paid && method) return say('clear.paidWhy', { method: format.face(method), app: app.name })
  if (paid) return say('clear.paidPlain', { app: app.name })
  if (saved === true && method) return say('clear.savedWhy', { method: format.face(method) })
  if (ask?.state === 'lifted') return say('clear.liftedWhy', { app: app.name })
  if (doneWord(rest, say, format) !== undefined) {
    // An earlier step may have cost something, and an invoice that waited for details is collected now.
    const wasFree = steps <= 1 && rest.details !== true
    return say(wasFree ? 'clear.worksAgain' : 'clear.paidPlain', { app: app.name })
  }
  return check ? say('clear.already') : say('clear.inOrder', { app: app.name })
}
