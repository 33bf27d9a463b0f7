import type { Visit } from '#contract/visit.ts'
import { Button } from '#ui/button.tsx'
import { Choices } from '#ui/choices.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { after } from './api/after.ts'
import { askDeed } from './api/asks.ts'
import { ApiError } from './api/http.ts'
import { nameOf } from './person.ts'
import { useWords, Words } from './words/words.ts'

/** Whom to write to, and the one button that does. */
export function AskForm({ visit, onAsked }: { readonly visit: Visit; readonly onAsked: () => void }) {
  const { say } = useWords()
  const { payers, ask } = visit
  const asking = useMutation(askDeed(useQueryClient(), visit.check?.id))
  const reachable = payers.filter((payer) => payer.reachable)
  const [chosen, choose] = useState(reachable.find(({ id }) => id !== ask?.to.id)?.id ?? reachable[0]?.id)
  const person = reachable.find(({ id }) => id === chosen) ?? reachable[0]
  if (!person) return null
  const name = nameOf(person, say)
  return (
    <>
      {ask?.state === 'failed' && (
        <Notice
          kind="warning"
          role="alert"
          word={<Words id="ask.undelivered" values={{ name: nameOf(ask.to, say) }} />}
        >
          <Words id="ask.undeliveredWhy" />
        </Notice>
      )}
      {payers.length === 1 ? (
        <p className="text-lead">
          <Words id="ask.one" values={{ name: <b className="font-semibold">{name}</b> }} />
        </p>
      ) : (
        <Choices
          legend={<Words id="ask.who" />}
          name="payer"
          value={person.id}
          choices={payers.map((payer) => ({
            value: payer.id,
            label: <bdi>{nameOf(payer, say)}</bdi>,
            detail: payer.reachable ? say(`role.${payer.role}`) : say('ask.unreachable'),
            disabled: !payer.reachable,
          }))}
          onChoose={choose}
        />
      )}
      {asking.isError && <AskTrouble error={asking.error} />}
      <Button
        onClick={() => after(asking.mutateAsync(person.id), onAsked)}
        busy={asking.isPending}
        busyText={<Words id="ask.sending" />}
      >
        <Words id="ask.send" values={{ name }} />
      </Button>
    </>
  )
}

/** Nothing was sent, and why. */
export function AskTrouble({ error }: { readonly error: Error }) {
  const often = error instanceof ApiError && error.status === 429
  return (
    <Notice kind="warning" role="alert" word={<Words id={often ? 'ask.tooMany' : 'ask.failed'} />}>
      <Words id={often ? 'ask.tooManyWhy' : 'ask.failedWhy'} />
    </Notice>
  )
}
