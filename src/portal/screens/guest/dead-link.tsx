import type { GuestEntry } from '#contract/guest-link.ts'
import { Corridor } from '#portal/corridor.tsx'
import { AskUs } from '#portal/frame.tsx'
import { useWords, Words } from '#portal/words/words.ts'

type Dead = Exclude<GuestEntry, { kind: 'entered' | 'continue' }>

/** What became of the link, and who can make another: the one who sent it. */
export function DeadLink({ answer }: { readonly answer: Dead }) {
  const { say } = useWords()
  return (
    <Corridor
      about={{ merchant: answer.merchant }}
      headline={say(`guest.${answer.kind}`)}
      why={<Why answer={answer} />}
      ways={[<AskUs key="us" merchant={answer.merchant} />]}
    />
  )
}

function Why({ answer }: { readonly answer: Dead }) {
  switch (answer.kind) {
    case 'used':
      return <Words id="guest.usedWhy" />
    case 'invalid':
      return <Words id="guest.invalidWhy" />
    case 'revoked':
    case 'expired':
      return <AskSender kind={answer.kind} by={answer.by} />
  }
}

type AskSenderProps = { readonly kind: 'revoked' | 'expired' | 'changed'; readonly by: string | undefined }

export function AskSender({ kind, by }: AskSenderProps) {
  return by === undefined ? (
    <Words id={`guest.${kind}Plain`} />
  ) : (
    <Words id={`guest.${kind}Why`} values={{ by: <bdi>{by}</bdi> }} />
  )
}
