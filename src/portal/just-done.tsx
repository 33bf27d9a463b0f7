import type { Visit } from '#contract/visit.ts'
import { Notice } from '#ui/notice.tsx'
import { useLocation } from 'react-router-dom'
import { useFormat, type Format } from './format.ts'
import { doneIn, type Done } from './paths.ts'
import { Words, useWords, type Say } from './words/words.ts'

/** On the next step: what the last one did, and how much is left. Money that is still on its way is not called paid. */
export function JustDone({ visit }: { readonly visit: Visit }) {
  const done = doneIn(useLocation().state)
  const { say } = useWords()
  const format = useFormat()
  const { blockers } = visit.diagnosis
  const word = doneWord(done, say, format)
  const isUnderWay = blockers.some(
    ({ reason }) => reason === 'payment_processing' || reason === 'authentication_required',
  )
  if (word === undefined || blockers.length === 0 || isUnderWay) return null
  return (
    <Notice kind="success" word={word}>
      <Words id="steps.left" values={{ count: blockers.length }} />
    </Notice>
  )
}

/** "Paid €49.00"; nothing where nothing was done. */
export function doneWord(
  { paid, saved, details, cap, waited, changed, planned }: Done,
  say: Say,
  format: Format,
): string | undefined {
  if (paid) return say('done.paid', { amount: format.money(paid) })
  if (details === true) return say('done.details')
  if (cap) return say('done.cap', { amount: format.money(cap) })
  if (saved === true) return say('done.saved')
  if (planned === true) return say('done.planned')
  if (changed === true) return say('done.changed')
  return waited === true ? say('done.waited') : undefined
}
