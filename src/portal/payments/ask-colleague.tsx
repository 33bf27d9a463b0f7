import type { Visit } from '#contract/visit.ts'
import { useFormat } from '#portal/format.ts'
import { paths, withCheck } from '#portal/paths.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { useState } from 'react'
import { debtIn } from './debt.ts'
import { saleFor } from './sale.ts'

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
  const [first] = visit.diagnosis.blockers
  const goesOn = saleFor(visit, 'renew') ?? saleFor(visit, 'resume')
  const message = total
    ? say('way.message', { ...about, amount: format.money(total) })
    : goesOn
      ? say('way.messageGoOn', about)
      : first && first.fix !== 'update-card'
        ? say('way.messageCause', { ...about, cause: say(`cause.${first.reason}`) })
        : say('way.messageNoDebt', about)

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
