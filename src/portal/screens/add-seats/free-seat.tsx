import type { Visit } from '#contract/visit.ts'
import { BackToApp } from '#portal/frame.tsx'
import { LookAgain } from '#portal/look-again.tsx'
import { Words } from '#portal/words/words.ts'

/** The way out that costs nothing. */
export function FreeSeat({ visit: { app, check } }: { readonly visit: Visit }) {
  return (
    <section className="flex flex-col gap-3 border-t border-hairline pt-6">
      <div>
        <h2 className="font-semibold">
          <Words id="seats.free" />
        </h2>
        <p className="text-quiet">
          <Words id="seats.freeWhy" values={{ app: app.name }} />
        </p>
        <BackToApp app={app} />
      </div>
      <LookAgain kind="quiet" check={check?.id} />
    </section>
  )
}
