import type { Visit } from '#contract/visit.ts'
import { askDeed } from '#portal/api/asks.ts'
import { AskTrouble } from '#portal/ask-form.tsx'
import { nameOf } from '#portal/person.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Badge } from '#ui/badge.tsx'
import { LinkButton } from '#ui/button.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'

/** The account's other payers, each one click away. */
export function AskPayers({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const asking = useMutation(askDeed(useQueryClient(), visit.check?.id))
  if (visit.payers.length === 0) return null
  const waits = visit.ask?.state === 'lifted' || visit.ask?.state === 'failed' ? undefined : visit.ask
  return (
    <>
      <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
        {visit.payers.map((payer) => {
          const name = nameOf(payer, say)
          return (
            <li key={payer.id} className="flex min-h-14 items-center justify-between gap-4 py-1">
              <span className="min-w-0">
                <bdi className="block">{name}</bdi>
                <span className="block text-small text-quiet">
                  <Words id={payer.reachable ? `role.${payer.role}` : 'ask.unreachable'} />
                </span>
              </span>
              {waits?.to.id === payer.id ? (
                <output>
                  <Badge tone="success" icon="success">
                    <Words id="share.asked" values={{ name: <bdi>{name}</bdi> }} />
                  </Badge>
                </output>
              ) : (
                payer.reachable && (
                  <LinkButton onClick={() => asking.mutate(payer.id)}>
                    {asking.isPending && asking.variables === payer.id ? (
                      <Words id="ask.sending" />
                    ) : (
                      <Words id="ask.send" values={{ name }} />
                    )}
                  </LinkButton>
                )
              )}
            </li>
          )
        })}
      </ul>
      {asking.isError && <AskTrouble error={asking.error} />}
    </>
  )
}
