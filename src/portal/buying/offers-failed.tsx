import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import type { Offered } from './offered.ts'

/** No price could be asked for: said, and asked again at a person's word. */
export function OffersFailed({ failed }: { readonly failed: Extract<Offered, { kind: 'failed' }> }) {
  return (
    <div className="flex flex-col gap-4">
      <Notice kind="warning" role="alert" word={<Words id="offers.failed" />}>
        <Words id="offers.failedWhy" />
      </Notice>
      <Button
        onClick={failed.retry}
        busy={failed.retrying}
        {...(failed.retrying && { busyText: <Words id="busy.pricing" /> })}
      >
        <Words id="error.reload" />
      </Button>
    </div>
  )
}
