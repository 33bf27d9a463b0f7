import type { Visit } from '#contract/visit.ts'
import { useFormat } from '#portal/format.ts'
import { paths, withCheck } from '#portal/paths.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { useState } from 'react'
import { debtIn, offerFor } from './debt.ts'

/** A way on for who may pay but does not hold the card: the message and the link, ready to send. */
export function AskColleague({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const format = useFormat()
  const [result, setResult] = useState<'copied' | 'refused'>()
  const total = debtIn(visit)?.total
  const about = {
    account: visit.account.label,
    app: visit.app.name,
    link: `${globalThis.location?.origin ?? ''}${withCheck(paths.enter, visit.check?.id)}`,
  }
  const message = total
    ? say('way.message', { ...about, amount: format.money(total) })
    : say(offerFor(visit, 'renew') || offerFor(visit, 'resume') ? 'way.messageGoOn' : 'way.messageNoDebt', about)

  async function copy() {
    try {
      await navigator.clipboard.writeText(message)
      setResult('copied')
    } catch {
      setResult('refused')
    }
  }

  return (
    <>
      <LinkButton onClick={() => void copy()}>
        <output>
          <Words id={result === 'copied' ? 'way.asked' : 'way.ask'} />
        </output>
      </LinkButton>
      {result === 'refused' && <p className="max-w-measure text-small break-words select-all">{message}</p>}
    </>
  )
}
