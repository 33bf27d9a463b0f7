import type { Role } from '#contract/account.ts'
import { Part } from '#portal/account-page.tsx'
import { Words } from '#portal/words/words.ts'

export const roles = ['owner', 'billing_admin', 'member', 'viewer'] as const satisfies readonly Role[]

/** What each role may do, in words. */
export function RolesExplained() {
  return (
    <Part title={<Words id="people.roles" />}>
      <dl className="flex flex-col divide-y divide-hairline border-y border-hairline">
        {roles.map((role) => (
          <div key={role} className="flex flex-wrap gap-x-4 py-3">
            <dt className="w-32 shrink-0 font-medium">
              <Words id={`role.${role}`} />
            </dt>
            <dd className="min-w-0 flex-1 basis-60 text-quiet">
              <Words id={`people.may.${role}`} />
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}
