import type { GuestEntry } from '#contract/guest-link.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router-dom'
import { after } from '#portal/api/after.ts'
import { acceptGuestDeed } from '#portal/api/guest-links.ts'
import { Corridor } from '#portal/corridor.tsx'
import { paths } from '#portal/paths.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { DeadLink } from './dead-link.tsx'

type Told = Exclude<GuestEntry, { kind: 'entered' }>

/** Names who pays whom before anything opens, and waits for the guest's own word. */
export function GuestDoor({ token, told }: { readonly token: string; readonly told: Told }) {
  const { say } = useWords()
  const navigate = useNavigate()
  const accept = useMutation(acceptGuestDeed(useQueryClient()))
  const answer = accept.data === undefined || accept.data.kind === 'entered' ? told : accept.data
  if (answer.kind !== 'continue') return <DeadLink answer={answer} />
  const { by, merchant, account, replaces } = answer
  const enter = () =>
    after(accept.mutateAsync(token), ({ kind }) => {
      if (kind === 'entered') void navigate(paths.pay, { replace: true })
    })
  return (
    <Corridor
      about={{ merchant }}
      headline={say('guest.continue', { account })}
      why={
        by === undefined ? (
          <Words id="guest.continuePlain" values={{ merchant: merchant.name }} />
        ) : (
          <Words id="guest.continueBy" values={{ by: <bdi>{by}</bdi>, merchant: merchant.name }} />
        )
      }
    >
      {replaces && <Notice kind="info" word={<Words id="guest.replaces" />} />}
      {accept.isError && (
        <Notice kind="danger" role="alert" word={<Words id="enter.failed" />}>
          <Words id="enter.failedWhy" />
        </Notice>
      )}
      <Button
        onClick={enter}
        busy={accept.isPending || accept.data?.kind === 'entered'}
        busyText={<Words id="enter.continuing" />}
      >
        <Words id="enter.continueDo" />
      </Button>
    </Corridor>
  )
}
