import type { People, Person } from '#contract/people.ts'
import { AccountPage, Part } from '#portal/account-page.tsx'
import { peopleQuery } from '#portal/api/people.ts'
import { useFormat } from '#portal/format.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { InviteForm } from './invite-form.tsx'
import { calledName, inOrder } from './named.ts'
import { PeopleList } from './people-list.tsx'
import { RolesExplained } from './roles-explained.tsx'

/** Said by name; of more, it is said how many. */
const FEW = 4

/** Everybody of the account. Owners change it here, unless the app does. */
export function Component() {
  const { data: page } = useSuspenseQuery(peopleQuery)
  const { say } = useWords()
  return (
    <AccountPage place={page} headline={say('people.headline')} why={<WhoPays page={page} />}>
      {!page.mayManage && <WhoManages page={page} />}
      <Part title={<Words id="people.list" />} beside={<Count page={page} />}>
        <PeopleList page={page} />
      </Part>
      {page.mayManage && <InviteForm page={page} />}
      <RolesExplained />
    </AccountPage>
  )
}

function Count({ page: { people } }: { readonly page: People }) {
  return (
    <span className="text-small text-quiet">
      <Words id="people.count" values={{ count: people.length }} />
    </span>
  )
}

/** Whoever has not come yet cannot be asked. */
function canPay({ role, invited }: Person): boolean {
  return invited === undefined && (role === 'owner' || role === 'billing_admin')
}

/** The one thing that whoever cannot pay comes to see. */
function WhoPays({ page: { people, account, merchant } }: { readonly page: People }) {
  const format = useFormat()
  const payers = inOrder(people, format.locale).filter(canPay)
  const label = <bdi>{account.label}</bdi>
  if (payers.length === 0) return <Words id="people.whyNobody" values={{ account: label, merchant: merchant.name }} />
  if (payers.length > FEW) return <Words id="people.whyMany" values={{ count: payers.length, account: label }} />
  return (
    <span className="wrap-anywhere">
      <Words id="people.why" values={{ pay: format.list(payers.map(calledName)), account: label }} />
    </span>
  )
}

function WhoManages({ page }: { readonly page: People }) {
  const format = useFormat()
  const { app, account, managed, peopleUrl, people } = page
  if (managed === 'app') {
    return (
      <div className="flex flex-col items-start gap-2 border-y border-hairline py-4">
        <p className="font-semibold">
          <Words id="people.inApp" values={{ app: app.name }} />
        </p>
        <p className="text-quiet">
          <Words id="people.inAppWhy" values={{ account: <bdi>{account.label}</bdi> }} />
        </p>
        <a href={peopleUrl ?? app.url} className="link target">
          <Words id="people.toApp" values={{ app: app.name }} />
        </a>
      </div>
    )
  }
  const owners = inOrder(people, format.locale).filter(({ role }) => role === 'owner')
  if (owners.length === 0 || owners.length > FEW) return null
  return (
    <p className="border-y border-hairline py-3 text-quiet wrap-anywhere">
      <Words id="people.onlyOwners" values={{ names: format.list(owners.map(calledName)) }} />
    </p>
  )
}
