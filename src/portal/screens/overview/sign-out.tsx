import type { Overview } from '#contract/overview.ts'
import { LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router-dom'
import { after } from '#portal/api/after.ts'
import { endSessionDeed } from '#portal/api/session.ts'
import { paths, type Left } from '#portal/paths.ts'
import { Words } from '#portal/words/words.ts'

const elsewhere = { known: 'signIn.switch', possible: 'signIn.another' } as const

/** Out; or to the choice of one's accounts, which takes a code, since they are named to nobody else. */
export function SignOut({ overview: { merchant, account, app, otherAccounts } }: { readonly overview: Overview }) {
  const navigate = useNavigate()
  const end = useMutation(endSessionDeed(useQueryClient()))
  const state: Left = { left: { merchant, account, app } }
  const leave = (then?: Left) => {
    if (end.isPending) return
    after(end.mutateAsync(), () => void navigate(paths.signIn, { replace: true, state: then }))
  }
  return (
    <div className="flex flex-col gap-2">
      {end.isError && (
        <Notice kind="danger" role="alert" word={<Words id="enter.failed" />}>
          <Words id="enter.failedWhy" />
        </Notice>
      )}
      <div className="flex flex-wrap gap-x-6">
        <LinkButton onClick={() => leave(state)}>
          <Words id={end.isPending ? 'overview.signingOut' : 'overview.signOut'} />
        </LinkButton>
        {otherAccounts && (
          <LinkButton onClick={() => leave()}>
            <Words id={elsewhere[otherAccounts]} />
          </LinkButton>
        )}
      </div>
    </div>
  )
}
