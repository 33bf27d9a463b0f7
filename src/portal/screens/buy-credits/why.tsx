import type { Visit } from '#contract/visit.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { Words } from '#portal/words/words.ts'
import type { ReactNode } from 'react'

/** What is left, and what the request needs. */
export function Why({ visit: { app }, blocker, warned }: WhyProps): ReactNode {
  if (blocker.reason !== 'credits_exhausted') return <Words id="credits.instead" values={{ app: app.name }} />
  if (warned) return <Words id="credits.whyWarned" values={{ app: app.name }} />
  const { balance, needed, meter } = blocker
  if (balance === undefined) return <Words id="credits.whyUnknown" values={{ app: app.name }} />
  if (needed === undefined) return <Words id="credits.whyLeft" values={{ balance, app: app.name }} />
  return meter ? (
    <Words id="credits.whyFor" values={{ balance, needed, meter: <bdi>{meter.name}</bdi> }} />
  ) : (
    <Words id="credits.why" values={{ balance, needed }} />
  )
}

type WhyProps = { readonly visit: Visit; readonly blocker: Blocker; readonly warned: boolean }
