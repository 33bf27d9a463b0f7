import type { MethodsPage } from '#contract/methods.ts'
import { Notice } from '#ui/notice.tsx'
import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { chargeOf } from './charge.tsx'

/** Plans that will find nothing to be charged to. */
export function Uncovered({ page: { uncovered, now, source } }: { readonly page: MethodsPage }) {
  const { say } = useWords()
  const format = useFormat()
  if (source !== 'live') return null
  return uncovered.map((plan) => (
    <Notice
      key={plan.subscription}
      kind="warning"
      word={<Words id="methods.uncovered" values={{ plan: <bdi>{plan.plan}</bdi> }} />}
    >
      {plan.next ? (
        <Words id="methods.uncoveredWhy" values={{ charge: chargeOf(plan, now, say, format) }} />
      ) : (
        <Words id="methods.uncoveredLater" />
      )}
    </Notice>
  ))
}
