import type { MethodsPage } from '#contract/methods.ts'
import { Button } from '#ui/button.tsx'
import { useQuery } from '@tanstack/react-query'
import { AccountPage } from '#portal/account-page.tsx'
import { methodsQuery } from '#portal/api/methods.ts'
import { useFormat } from '#portal/format.ts'
import { nameOf } from '#portal/person.ts'
import { useWords, Words } from '#portal/words/words.ts'

/** For those who may not see them: who can, and no card. */
export function WhoCan({ page }: { readonly page: MethodsPage }) {
  const { say } = useWords()
  return (
    <AccountPage
      place={page}
      headline={say('methods.title')}
      why={<Words id="methods.hidden" values={{ account: <bdi>{page.account.label}</bdi> }} />}
    >
      <WhoCanLine page={page} />
    </AccountPage>
  )
}

/** Who may change them. */
export function WhoCanLine({ page: { payers, account } }: { readonly page: MethodsPage }) {
  const { say } = useWords()
  const format = useFormat()
  const names = payers.map((payer) => nameOf(payer, say))
  return (
    <p className="text-lead">
      {names.length > 0 ? (
        <Words id="ask.named" values={{ names: <b className="font-semibold">{format.list(names)}</b> }} />
      ) : (
        <Words id="ask.nobodyNamed" values={{ account: <bdi>{account.label}</bdi> }} />
      )}
    </p>
  )
}

/** Nothing is drawn that is not known. */
export function Unread({ page }: { readonly page: MethodsPage }) {
  const { say } = useWords()
  const look = useQuery(methodsQuery)
  return (
    <AccountPage place={page} headline={say('methods.unchecked')} why={say('overview.uncheckedWhy')}>
      <Button
        kind="quiet"
        wide={false}
        onClick={() => void look.refetch()}
        busy={look.isFetching}
        busyText={<Words id="frame.checking" />}
      >
        <Words id="frame.checkAgain" />
      </Button>
    </AccountPage>
  )
}
