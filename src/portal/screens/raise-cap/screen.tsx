import type { CapOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import { offersQuery } from '#portal/api/offers.ts'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { ContactCard } from '#portal/contact-card.tsx'
import { AskUs, BackToApp, Frame } from '#portal/frame.tsx'
import { isNeeded } from '#portal/paths.ts'
import { LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { useSetting } from '#portal/settings/use-setting.ts'
import { useVisit } from '#portal/visited.ts'
import { isSignedOut } from '#portal/watch.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Notice } from '#ui/notice.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CapForm } from './form.tsx'
import { canRise } from './limit.ts'
import { Spent } from './spent.tsx'

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <RaiseCap visit={visit} />
}

/** The account's own limit: what is spent of it, and a new one. Nothing is charged by it. */
function RaiseCap({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const setting = useSetting(visit, 'raise-cap')
  const offers = useQuery(offersQuery(visit.check?.id))
  const found = foundIn(visit)
  // Once the limit is raised nothing blocks; until the next screen is there, this one stays.
  const [first] = useState(found)
  const shown = found ?? first
  if (!isNeeded(visit, 'raise-cap') && !setting.busy) return <LeaveWhenMended visit={visit} />
  if (isSignedOut(offers.error)) throw offers.error
  const { app, merchant, now } = visit
  const cap = offers.data?.caps.find(({ apiKey }) => apiKey === shown?.apiKey)
  const spending = cap ?? whole(shown)
  const isFixed = offers.data !== undefined && !(cap && canRise(cap))
  return (
    <Frame
      visit={visit}
      headline={say('reason.spend_cap_reached')}
      why={
        <Words
          id={isFixed ? 'cap.whyFixed' : shown?.apiKey === undefined ? 'cap.why' : 'cap.whyKey'}
          values={{ app: <bdi>{app.name}</bdi> }}
        />
      }
      ways={[<BackToApp key="app" app={app} />, !isFixed && <AskUs key="us" merchant={merchant} />].filter(Boolean)}
      next={
        isFixed ? (
          <Words id="contact.next" values={{ merchant: merchant.name, app: <bdi>{app.name}</bdi> }} />
        ) : (
          <Words id="frame.returnNext" values={{ app: app.name }} />
        )
      }
      hasDetails={!isFixed}
    >
      <Card>
        {spending && (
          <Spent
            limit={spending.limit}
            spent={spending.spent}
            apiKey={shown?.apiKey}
            resets={spending.resets}
            now={now}
          />
        )}
        {cap && !isFixed && <CapForm visit={visit} cap={cap} setting={setting} />}
        {isFixed && <Fixed visit={visit} isKnown={cap !== undefined} />}
        {offers.isPending && <Skeleton height="h-40" />}
        {offers.isError && !offers.data && <Unread busy={offers.isFetching} onAgain={() => void offers.refetch()} />}
      </Card>
      {isFixed && <ContactCard visit={visit} finding={say('finding.cap')} />}
    </Frame>
  )
}

function foundIn({ diagnosis: { blockers } }: Visit) {
  return blockers.find((blocker) => blocker.reason === 'spend_cap_reached')
}

/** The figures of the blocker itself, where it has them both. */
function whole(found: ReturnType<typeof foundIn>): Pick<CapOffer, 'limit' | 'spent' | 'resets'> | undefined {
  if (!found?.limit || !found.spent) return undefined
  const { limit, spent, resets } = found
  return { limit, spent, ...(resets !== undefined && { resets }) }
}

/** Nobody on this side can raise it: the merchant's highest, or a limit that only the app knows of. */
function Fixed({ visit: { merchant }, isKnown }: { readonly visit: Visit; readonly isKnown: boolean }) {
  const name = <bdi>{merchant.name}</bdi>
  if (!isKnown) return <Words id="cap.unknown" values={{ merchant: name }} />
  return (
    <div>
      <p className="font-medium">
        <Words id="cap.atMost" values={{ merchant: name }} />
      </p>
      <p className="text-quiet">
        <Words id="cap.atMostWhy" values={{ merchant: name }} />
      </p>
    </div>
  )
}

function Unread({ busy, onAgain }: { readonly busy: boolean; readonly onAgain: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <Notice kind="warning" role="alert" word={<Words id="cap.failed" />}>
        <Words id="cap.failedWhy" />
      </Notice>
      <Button onClick={onAgain} busy={busy} busyText={<Words id="frame.checking" />}>
        <Words id="frame.checkAgain" />
      </Button>
    </div>
  )
}
