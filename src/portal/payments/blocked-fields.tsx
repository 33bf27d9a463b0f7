import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'

/** Stripe.js is kept away: without words this would be an empty form with a button. */
export function BlockedFields({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <Notice kind="warning" role="alert" word={<Words id="fields.blocked" />}>
        <Words id="fields.blockedWhy" />
      </Notice>
      <Button onClick={onRetry}>
        <Words id="fields.retry" />
      </Button>
    </div>
  )
}
