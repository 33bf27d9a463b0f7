import { Words } from '#portal/words/words.ts'
import type { WordId } from '#portal/words/message.ts'
import { Notice } from '#ui/notice.tsx'
import type { usePlanAct } from './use-plan-act.ts'

type ActSituation = ReturnType<typeof usePlanAct>['situation']

const words = {
  stale: ['act.stale', 'act.staleWhy'],
  unknown: ['act.unknown', 'act.unknownWhy'],
  lost: ['act.lost', 'act.lostWhy'],
  failed: ['act.failed', 'act.failedWhy'],
  'too-many': ['act.tooMany', 'act.tooManyWhy'],
} as const satisfies Record<Exclude<ActSituation, 'idle' | 'busy'>, readonly [WordId, WordId]>

/** What came of the last try: what happened, and what to do. */
export function ActNotice({ situation }: { readonly situation: ActSituation }) {
  if (situation === 'idle' || situation === 'busy') return null
  const [word, why] = words[situation]
  return (
    <Notice kind="warning" role="alert" word={<Words id={word} />}>
      <Words id={why} />
    </Notice>
  )
}
