import type { Visit } from '#contract/visit.ts'
import { Words } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { lazy, Suspense, useState } from 'react'

const ShareDialog = lazy(async () => ({ default: (await import('./share-dialog.tsx')).ShareDialog }))

/** A way on for who may pay but does not hold the card: a colleague, or finance without a login. */
export function AskColleague({ visit }: { readonly visit: Visit }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <LinkButton aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Words id="way.ask" />
      </LinkButton>
      {open && (
        <Suspense>
          <ShareDialog visit={visit} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
