import type { Instant } from '#diagnosis/account.ts'
import { after } from '#portal/api/after.ts'
import { guestLinksQuery, revokeLinkDeed } from '#portal/api/guest-links.ts'
import { useFormat } from '#portal/format.ts'
import { Told } from '#portal/told.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

/** Links that could still be paid by, and the way to take each back. Their addresses are told only once. */
export function OpenLinks({ now }: { readonly now: Instant }) {
  const { say } = useWords()
  const format = useFormat()
  const { data } = useQuery(guestLinksQuery)
  const revoke = useMutation(revokeLinkDeed(useQueryClient()))
  const [revoked, setRevoked] = useState<string>()
  const isGone = revoked !== undefined && !data?.links.some(({ id }) => id === revoked)
  const told = isGone && !revoke.isPending && <Told key={revoked} word={<Words id="share.revoked" />} />
  if (!data || data.links.length === 0) return told || null
  return (
    <div className="flex flex-col gap-1">
      <h4 className="font-medium">
        <Words id="share.open" />
      </h4>
      {told}
      {revoke.isError && (
        <Notice kind="warning" role="alert" word={<Words id="share.revokeFailed" />}>
          <Words id="share.revokeFailedWhy" />
        </Notice>
      )}
      <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
        {data.links.map(({ id, total, email, opened, expires_at }) => {
          const day = format.shortDay(Date.parse(expires_at) / 1_000, now)
          return (
            <li key={id} className="flex min-h-14 items-center justify-between gap-4 py-1">
              <span className="min-w-0">
                <span className="block">
                  <bdi className="font-medium tabular-nums">{format.money(total)}</bdi>{' '}
                  {email === undefined ? (
                    <Words id="share.forAnybody" />
                  ) : (
                    <Words id="share.for" values={{ email: <bdi>{email}</bdi> }} />
                  )}
                </span>
                <span className="block text-small text-quiet">
                  <Words id={opened ? 'share.seen' : 'share.until'} values={{ day }} />
                </span>
              </span>
              <LinkButton
                aria-label={say('share.revokeLabel', { amount: format.money(total) })}
                aria-disabled={revoke.isPending || undefined}
                onClick={() => {
                  if (!revoke.isPending) after(revoke.mutateAsync(id), () => setRevoked(id))
                }}
              >
                <Words id={revoke.isPending && revoke.variables === id ? 'share.revoking' : 'share.revoke'} />
              </LinkButton>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
