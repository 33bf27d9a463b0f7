import type { ExchangeAnswer } from '#contract/visit.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLoaderData, useNavigate } from 'react-router-dom'
import { after } from '#portal/api/after.ts'
import type { Arrival } from '#portal/api/arrival.ts'
import { acceptDeed } from '#portal/api/session.ts'
import { paths, withCheck } from '#portal/paths.ts'
import { Words } from '#portal/words/words.ts'
import { apart, Confirm } from './confirm.tsx'
import { DeadLink } from './dead-link.tsx'
import { CodeDoor } from './code-door.tsx'
import { Hinted } from './hinted.tsx'

/** Seen only when arriving needs a word from the person; a fresh link, or a session, goes straight to its fix. */
export function Component() {
  const arrival = useLoaderData<Arrival>()
  switch (arrival.kind) {
    case 'link':
      return <Door ticket={arrival.ticket} told={arrival.answer} />
    case 'hint':
      return <Hinted arrival={arrival} />
    case 'code':
      return <CodeDoor wait={arrival.wait} />
  }
}

type DoorProps = { readonly ticket: string; readonly told: Exclude<ExchangeAnswer, { kind: 'entered' }> }

function Door({ ticket, told }: DoorProps) {
  const navigate = useNavigate()
  const accept = useMutation(acceptDeed(useQueryClient()))
  const enter = () =>
    after(accept.mutateAsync(ticket), (answer) => {
      if (answer.kind === 'entered') void navigate(withCheck(paths.enter, answer.check), { replace: true })
    })
  const answer = accept.data === undefined || accept.data.kind === 'entered' ? told : accept.data
  if (answer.kind !== 'continue' && answer.kind !== 'switch') return <DeadLink answer={answer} />
  return (
    <Confirm answer={answer}>
      {accept.isError && (
        <Notice kind="danger" role="alert" word={<Words id="enter.failed" />}>
          <Words id="enter.failedWhy" />
        </Notice>
      )}
      <Button
        onClick={enter}
        busy={accept.isPending || accept.data?.kind === 'entered'}
        busyText={<Words id={answer.kind === 'switch' ? 'enter.switching' : 'enter.continuing'} />}
      >
        {answer.kind === 'switch' ? (
          <Words id="enter.switchDo" values={{ account: apart(answer.account, answer.from) }} />
        ) : (
          <Words id="enter.continueDo" />
        )}
      </Button>
    </Confirm>
  )
}
