import type { NamedInvoice } from '#contract/deed.ts'
import type { Visit } from '#contract/visit.ts'
import { visitQuery } from '#portal/api/visit.ts'
import { useFormat, type Format } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useQuery } from '@tanstack/react-query'
import type { UnknownAmong } from './situation.ts'
import { useLongWait } from './use-long-wait.ts'

/** Milliseconds between two looks at the account while nobody knows what came of a payment. */
const LOOK = 3_000

type UnknownOutcomeProps = {
  readonly visit: Visit
  readonly among: UnknownAmong
  readonly onAskAgain: () => void
}

/** Neither a failure nor a success, and never a second payment. */
export function UnknownOutcome({ visit, among, onAskAgain }: UnknownOutcomeProps) {
  useQuery({ ...visitQuery(visit.check?.id), refetchInterval: LOOK })
  const long = useLongWait()
  return (
    <>
      {/* A notice holds paragraphs, and <output> may not. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <Notice kind="info" role="status" word={<Words id="result.unknown" />}>
        <p>
          <Words id={long ? 'result.unknownLong' : 'result.unknownWhy'} />
        </p>
        <Among among={among} />
      </Notice>
      <Button kind="quiet" onClick={onAskAgain}>
        <Words id="result.askAgain" />
      </Button>
    </>
  )
}

/** Of several invoices, how each stands. */
function Among({ among: { paid = [], unclear, untried = [] } }: Pick<UnknownOutcomeProps, 'among'>) {
  const format = useFormat()
  if (!unclear) return null
  return (
    <ul className="mt-2 flex flex-col gap-1">
      {paid.length > 0 && (
        <li>
          <Words id="result.unknownPaid" values={{ invoices: <bdi>{namesOf(paid, format)}</bdi> }} />
        </li>
      )}
      <li>
        <Words id="result.unknownUnclear" values={{ invoices: <bdi>{namesOf([unclear], format)}</bdi> }} />
      </li>
      {untried.length > 0 && (
        <li>
          <Words id="result.unknownUntried" values={{ invoices: <bdi>{namesOf(untried, format)}</bdi> }} />
        </li>
      )}
    </ul>
  )
}

/** "A-0001 (€49.00) and A-0002 (€19.00)" */
export function namesOf(invoices: readonly NamedInvoice[], format: Format): string {
  return format.list(invoices.map(({ id, number, amount }) => `${number ?? id} (${format.money(amount)})`))
}
