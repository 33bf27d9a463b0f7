import type { Visit } from '#contract/visit.ts'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { AskUs, BackToApp, Frame } from '#portal/frame.tsx'
import { isNeeded } from '#portal/paths.ts'
import { LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { useSetting } from '#portal/settings/use-setting.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { useState } from 'react'
import { DetailsForm } from './form.tsx'

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <BillingDetails visit={visit} />
}

/** What an invoice needs, and nothing that is known already. */
function BillingDetails({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const setting = useSetting(visit, 'billing-details')
  const found = foundIn(visit)
  // Once it is saved the account no longer misses anything; until the next screen is there, this one stays.
  const [first] = useState(found)
  const shown = found ?? first
  if (!shown || (!isNeeded(visit, 'billing-details') && !setting.busy)) return <LeaveWhenMended visit={visit} />
  const { app, merchant } = visit
  return (
    <Frame
      visit={visit}
      headline={say('reason.billing_details_missing')}
      why={
        <Words
          id={shown.invoice === undefined ? 'details.why' : 'details.whyInvoice'}
          values={{ app: <bdi>{app.name}</bdi> }}
        />
      }
      ways={[<BackToApp key="app" app={app} />, <AskUs key="us" merchant={merchant} />]}
      next={<Words id="frame.returnNext" values={{ app: app.name }} />}
    >
      <DetailsForm visit={visit} missing={shown.missing} setting={setting} />
    </Frame>
  )
}

function foundIn({ diagnosis: { blockers } }: Visit) {
  return blockers.find((blocker) => blocker.reason === 'billing_details_missing')
}
