import type { Visit } from '#contract/visit.ts'
import { Words } from '#portal/words/words.ts'

/** Whose bill it is, above everything that costs money. */
export function ForAccount({ visit }: { readonly visit: Visit }) {
  return (
    <p className="text-small text-quiet">
      <Words
        id="guest.for"
        values={{ account: <bdi>{visit.account.label}</bdi> }}
        components={{ b: <span className="font-semibold text-ink" /> }}
      />
    </p>
  )
}
