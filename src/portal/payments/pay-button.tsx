import type { Method } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { isSale, type Bill } from './debt.ts'
import { deedWords, type Sale } from './sale.ts'
import type { Situation } from './situation.ts'

type PayButtonProps = {
  readonly debt: Bill | undefined
  /** The saved method it charges; a new card without. */
  readonly method: Method | undefined
  readonly situation: Situation
  /** Whether there is a card to charge: fields that are still loading have none. */
  readonly ready: boolean
  readonly pricing: boolean
  /** A guest goes nowhere afterwards. */
  readonly ends: boolean
  readonly onPay: () => void
}

/** Says the deed with its amount. */
export function PayButton({ debt, method, situation, ready, pricing, ends, onPay }: PayButtonProps) {
  const busy = situation.kind === 'busy' || situation.kind === 'over'
  const words = busy ? <BusyWords situation={situation} /> : pricing ? <Words id="busy.pricing" /> : undefined
  return (
    <Button busy={busy || pricing || !ready} {...(words && { busyText: words })} onClick={onPay}>
      {pricing && !debt ? <Words id="busy.pricing" /> : <DeedWords debt={debt} method={method} ends={ends} />}
    </Button>
  )
}

function DeedWords({ debt, method, ends }: Pick<PayButtonProps, 'debt' | 'method' | 'ends'>) {
  const format = useFormat()
  if (!debt) return <Words id="pay.saveOnly" />
  const amount = format.money(debt.total)
  if (isSale(debt)) return <SaleWords sale={debt} />
  return method ? (
    <Words id="pay.with" values={{ amount, card: format.face(method) }} />
  ) : (
    <Words id={ends ? 'guest.pay' : 'pay.andContinue'} values={{ amount }} />
  )
}

/** "Start Team for €49.00"; "Switch to Starter, nothing is charged now" */
export function SaleWords({ sale: { deed, name, total } }: { readonly sale: Sale }) {
  const format = useFormat()
  return (
    <Words
      id={deedWords[deed][total.amount > 0 ? 'pay' : 'free']}
      values={{ amount: format.money(total), name: <bdi>{name}</bdi> }}
    />
  )
}

export function BusyWords({ situation }: { readonly situation: Situation }) {
  return <Words id={`busy.${situation.kind === 'busy' ? situation.step : 'reading'}`} />
}
