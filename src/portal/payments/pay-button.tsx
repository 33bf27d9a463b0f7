import type { Method } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { isOffer, type Bill } from './debt.ts'
import type { Situation } from './situation.ts'

type PayButtonProps = {
  readonly debt: Bill | undefined
  /** The saved method it charges; a new card without. */
  readonly method: Method | undefined
  readonly situation: Situation
  /** Whether there is a card to charge: fields that are still loading have none. */
  readonly ready: boolean
  readonly onPay: () => void
}

/** Says the deed with its amount. */
export function PayButton({ debt, method, situation, ready, onPay }: PayButtonProps) {
  const busy = situation.kind === 'busy' || situation.kind === 'over'
  return (
    <Button busy={busy || !ready} {...(busy && { busyText: <BusyWords situation={situation} /> })} onClick={onPay}>
      <DeedWords debt={debt} method={method} />
    </Button>
  )
}

function DeedWords({ debt, method }: Pick<PayButtonProps, 'debt' | 'method'>) {
  const format = useFormat()
  if (!debt) return <Words id="pay.saveOnly" />
  const amount = format.money(debt.total)
  if (isOffer(debt)) return <Words id={debt.deed} values={{ amount }} />
  return method ? (
    <Words id="pay.with" values={{ amount, card: format.face(method) }} />
  ) : (
    <Words id="pay.andContinue" values={{ amount }} />
  )
}

export function BusyWords({ situation }: { readonly situation: Situation }) {
  return <Words id={`busy.${situation.kind === 'busy' ? situation.step : 'reading'}`} />
}
