import type { PackOffer } from '#contract/offer.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Choices } from '#ui/choices.tsx'
import { Row } from '#ui/stack.tsx'
import { ratePerCredit } from './rate.ts'

type PacksProps = {
  readonly packs: readonly PackOffer[]
  readonly value: string
  readonly disabled: boolean
  readonly onChoose: (key: string) => void
}

/** The packs with their price, and what one credit of each comes to. */
export function Packs({ packs, value, disabled, onChoose }: PacksProps) {
  // Where no single pack is enough, each is a beginning.
  const someHelp = packs.some(({ helps }) => helps)
  return (
    <Choices
      legend={<Words id="credits.legend" />}
      name="pack"
      value={value}
      onChoose={onChoose}
      choices={packs.map((pack) => ({
        value: pack.key,
        label: <PackRow pack={pack} enough={pack.helps || !someHelp} />,
        disabled: disabled || (someHelp && !pack.helps),
      }))}
    />
  )
}

function PackRow({ pack, enough }: { readonly pack: PackOffer; readonly enough: boolean }) {
  const format = useFormat()
  const { rate, exact } = ratePerCredit(pack, format)
  return (
    <Row
      start={
        <>
          <bdi className="block font-medium">{pack.name}</bdi>
          <span className="block text-small text-quiet">
            {enough ? (
              <Words id={exact ? 'credits.rate' : 'credits.rateAbout'} values={{ rate: <bdi>{rate}</bdi> }} />
            ) : (
              <Words id="credits.tooFew" />
            )}
          </span>
        </>
      }
      end={<bdi className="font-semibold">{format.money(pack.quote.due)}</bdi>}
    />
  )
}
