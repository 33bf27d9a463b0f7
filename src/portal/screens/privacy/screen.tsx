import { useSuspenseQuery } from '@tanstack/react-query'
import { AccountPage, Empty, Part } from '#portal/account-page.tsx'
import { privacyQuery } from '#portal/api/privacy.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import type { Privacy } from '#contract/privacy.ts'
import { EndAll } from './end-all.tsx'
import { HeldData } from './held-data.tsx'
import { Sessions } from './sessions.tsx'

/** Where one is signed in, what is held, and who has looked. */
export function Component() {
  const { data: privacy } = useSuspenseQuery(privacyQuery)
  const { say } = useWords()
  const { sessions, account, merchant } = privacy
  return (
    <AccountPage
      place={privacy}
      headline={say('privacy.headline')}
      why={<Words id="privacy.why" values={{ count: sessions.length }} />}
    >
      <Part title={<Words id="privacy.places" />}>
        <Sessions privacy={privacy} />
        <EndAll privacy={privacy} />
      </Part>
      <Part
        title={<Words id="privacy.data" values={{ account: <bdi className="wrap-anywhere">{account.label}</bdi> }} />}
      >
        <HeldData privacy={privacy} />
      </Part>
      <Part title={<Words id="privacy.looks" values={{ merchant: merchant.name }} />}>
        <Looks privacy={privacy} />
      </Part>
    </AccountPage>
  )
}

function Looks({ privacy: { looks, now } }: { readonly privacy: Privacy }) {
  const format = useFormat()
  if (looks.length === 0) {
    return (
      <Empty>
        <Words id="privacy.noLooks" />
      </Empty>
    )
  }
  return (
    <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {looks.map(({ at, staff, deed, reason }, index) => (
        <li key={`${looks.length - index} ${at}`} className="py-3">
          <p>
            <Words id={`privacy.deed.${deed}`} values={{ moment: format.moment(at, now) }} />
          </p>
          <p className="text-small wrap-anywhere text-quiet">
            {reason === undefined ? (
              <Words id="privacy.lookBy" values={{ staff: <bdi>{staff}</bdi> }} />
            ) : (
              <Words id="privacy.lookWhy" values={{ staff: <bdi>{staff}</bdi>, reason: <bdi>{reason}</bdi> }} />
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}
