import { decimalsOf } from '#diagnosis/money.ts'
import { format } from '#support/format.ts'
import { actWords, goodwillWords, standsWords } from '#support/words/acts.ts'
import { Choices } from '#ui/choices.tsx'
import { TextField } from '#ui/field.tsx'
import { useState } from 'react'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'

type Kind = 'credits' | 'money'

/** Credits of ours or money with Stripe, within what is left of the merchant's caps. */
export function GoodwillDialog(props: ActDialogProps) {
  const { answer, acts } = props
  const { credits, money } = acts.goodwill
  const kinds: readonly Kind[] = [...(credits ? (['credits'] as const) : []), ...(money ? (['money'] as const) : [])]
  const [kind, setKind] = useState<Kind>(kinds[0] ?? 'credits')
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const { label } = answer.account
  const currency = money?.most.currency ?? 'eur'
  const amount = numberIn(typed, kind === 'money' ? decimalsOf(currency) : 0)
  const what = amount && nameOf(kind, amount, currency)
  const [left, most] =
    kind === 'credits'
      ? [format.number(credits?.left ?? 0), format.number(credits?.most ?? 0)]
      : [format.money(money?.left ?? { amount: 0, currency }), format.money(money?.most ?? { amount: 0, currency })]

  function body() {
    setWrong(amount === undefined)
    if (amount === undefined) return undefined
    return { gift: kind === 'credits' ? { kind, credits: amount } : { kind, amount, currency } }
  }

  return (
    <ActDialog
      {...props}
      title={actWords.goodwill}
      path="goodwill"
      go={what ? goodwillWords.give(what) : goodwillWords.giveNothing}
      body={body}
      means={<p>{kind === 'credits' ? goodwillWords.meansCredits(label) : goodwillWords.meansMoney(label)}</p>}
    >
      {(errors) => (
        <>
          {kinds.length > 1 && (
            <Choices
              legend={goodwillWords.kind}
              name="gift"
              value={kind}
              onChoose={setKind}
              choices={kinds.map((value) => ({ value, label: goodwillWords[value] }))}
            />
          )}
          <TextField
            id="act-amount"
            label={kind === 'credits' ? goodwillWords.howMany : goodwillWords.howMuch(currency.toUpperCase())}
            hint={goodwillWords.left(left, most)}
            inputMode={kind === 'credits' ? 'numeric' : 'decimal'}
            autoComplete="off"
            value={typed}
            onType={setTyped}
            error={
              wrong && amount === undefined
                ? goodwillWords.wrong
                : (errors['gift.amount'] ?? errors['gift.credits'] ?? errors['gift.kind'])
            }
          />
        </>
      )}
    </ActDialog>
  )
}

function nameOf(kind: Kind, amount: number, currency: string): string {
  return kind === 'credits' ? standsWords.credits(format.number(amount)) : format.money({ amount, currency })
}

/** "20" or "19.50" in the smallest unit; undefined for everything else, and for nothing. */
function numberIn(typed: string, exponent: number): number | undefined {
  const found = /^(\d{1,9})(?:[.,](\d+))?$/.exec(typed.trim())
  const [, whole = '', part = ''] = found ?? []
  if (!found || part.length > exponent) return undefined
  const amount = Number(whole + part.padEnd(exponent, '0'))
  return amount > 0 ? amount : undefined
}
