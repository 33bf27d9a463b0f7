import type { Overview } from '#contract/overview.ts'
import { LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router-dom'
import { endSessionDeed } from '#portal/api/session.ts'
import { paths, type Left } from '#portal/paths.ts'
import { Words } from '#portal/words/words.ts'

export function SignOut({ overview: { merchant, account, app } }: { readonly overview: Overview }) {
  const navigate = useNavigate()
  const end = useMutation(endSessionDeed(useQueryClient()))
  const state: Left = { left: { merchant, account, app } }
  return (
    <div className="flex flex-col gap-2">
      {end.isError && (
        <Notice kind="danger" role="alert" word={<Words id="enter.failed" />}>
          <Words id="enter.failedWhy" />
        </Notice>
      )}
      <div>
        <LinkButton
          onClick={() =>
            end.mutate(undefined, { onSuccess: () => void navigate(paths.signIn, { replace: true, state }) })
          }
        >
          <Words id={end.isPending ? 'overview.signingOut' : 'overview.signOut'} />
        </LinkButton>
      </div>
    </div>
  )
}
