import type { Visit } from '#contract/visit.ts'
import { Disclosure } from '#ui/disclosure.tsx'
import { Notice } from '#ui/notice.tsx'
import type { ReactNode } from 'react'
import { Corridor } from './corridor.tsx'
import { useFormat } from './format.ts'
import { JustDone } from './just-done.tsx'
import { Steps } from './steps.tsx'
import { Words, useWords } from './words/words.ts'

type FrameProps = {
  readonly visit: Visit
  readonly headline: string
  /** Drawn above the headline: the check of what is done. */
  readonly mark?: ReactNode
  readonly why?: ReactNode
  readonly children?: ReactNode
  /** At most three quiet links; `BackToApp` and `AskUs` are here. */
  readonly ways?: readonly ReactNode[]
  readonly next?: ReactNode
  /** False where the screen itself says what support asks for. */
  readonly hasDetails?: boolean
  /** `letter` where things stand side by side. */
  readonly width?: 'corridor' | 'letter'
}

/** A fix screen: the corridor, told about this visit. */
export function Frame({ visit, mark, why, children, hasDetails = true, ...page }: FrameProps) {
  return (
    <Corridor
      {...page}
      below={hasDetails && <Details visit={visit} />}
      about={visit}
      sandbox={visit.stripe.sandbox}
      above={
        <>
          <Steps visit={visit} />
          {mark}
        </>
      }
      why={
        <>
          {why}
          <Reported visit={visit} />
        </>
      }
    >
      <JustDone visit={visit} />
      <AsOf visit={visit} />
      {children}
    </Corridor>
  )
}

/** The app said one thing and live state says another: both are named. */
function Reported({ visit: { app, check, diagnosis } }: { readonly visit: Visit }) {
  const { say } = useWords()
  const actual = diagnosis.blockers[0]?.reason
  if (!check || !actual || check.reported === 'unknown' || check.reported === actual) return null
  return (
    <p className="mt-2 text-small">
      <Words
        id="frame.reported"
        values={{
          app: app.name,
          reported: say(`cause.${check.reported}`),
          actual: say(`cause.${actual}`),
        }}
      />
    </p>
  )
}

function AsOf({ visit: { diagnosis } }: { readonly visit: Visit }) {
  const format = useFormat()
  const { say } = useWords()
  if (diagnosis.live || diagnosis.verdict === 'unchecked') return null
  return <Notice kind="info" word={say('frame.asOf', { time: format.time(diagnosis.asOf) })} />
}

function Details({ visit: { check, diagnosis } }: { readonly visit: Visit }) {
  const format = useFormat()
  if (!check) return null
  return (
    <Disclosure summary={<Words id="frame.details" />}>
      <p className="break-all select-all">
        <Words id="frame.reference" values={{ id: <bdi>{check.id}</bdi> }} />
      </p>
      <p>
        <Words id="frame.seenAt" values={{ time: format.time(diagnosis.asOf) }} />
      </p>
    </Disclosure>
  )
}

/** A way on: back to where they came from. */
export function BackToApp({ app }: { readonly app: Visit['app'] }) {
  return (
    <a href={app.url} className="link target">
      <Words id="frame.backTo" values={{ app: app.name }} />
    </a>
  )
}

/** A way on: somebody at the merchant. Absent where the merchant has named no place to ask. */
export function AskUs({ merchant }: { readonly merchant: Visit['merchant'] }) {
  if (merchant.supportUrl === undefined) return null
  return (
    <a href={merchant.supportUrl} className="link target">
      <Words id="frame.contact" />
    </a>
  )
}
