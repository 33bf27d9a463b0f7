import type { Visit } from '#contract/visit.ts'
import { visitQuery } from '#portal/api/visit.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useQuery } from '@tanstack/react-query'
import { useLongWait } from './use-long-wait.ts'

/** Milliseconds between two looks at the account while nobody knows what came of a payment. */
const LOOK = 3_000

/** Neither a failure nor a success, and never a second payment. */
export function UnknownOutcome({ visit, onAskAgain }: { readonly visit: Visit; readonly onAskAgain: () => void }) {
  useQuery({ ...visitQuery(visit.check?.id), refetchInterval: LOOK })
  const long = useLongWait()
  return (
    <>
      {/* A notice holds paragraphs, and <output> may not. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <Notice kind="info" role="status" word={<Words id="result.unknown" />}>
        <Words id={long ? 'result.unknownLong' : 'result.unknownWhy'} />
      </Notice>
      <Button kind="quiet" onClick={onAskAgain}>
        <Words id="result.askAgain" />
      </Button>
    </>
  )
}
