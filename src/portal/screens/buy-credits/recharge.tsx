import type { AutoRecharge, PackOffer } from '#contract/offer.ts'
import { rechargeDeed } from '#portal/api/recharge.ts'
import { useFormat, type Format } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { SelectField } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { TickBox } from '#ui/tick-box.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { rangesFor, type Wish } from './recharge-wish.ts'

type RechargeOfferProps = {
  readonly packs: readonly PackOffer[]
  /** The one that would be bought. */
  readonly pack: PackOffer
  readonly wish: Wish
  readonly disabled: boolean
  readonly onWish: (wish: Wish) => void
}

/** Asked below the button and never answered beforehand: credits that buy themselves, within limits that are said. */
export function RechargeOffer({ packs, pack, wish, disabled, onWish }: RechargeOfferProps) {
  return (
    <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-4 border-t border-hairline pt-4">
      <TickBox
        label={<Words id="recharge.ask" />}
        detail={<Words id="recharge.askWhy" />}
        ticked={wish.on}
        onTick={(on) => onWish({ ...wish, on })}
      />
      {wish.on && <Limits packs={packs} pack={pack} wish={wish} onWish={onWish} />}
    </fieldset>
  )
}

function Limits({ packs, pack, wish, onWish }: Omit<RechargeOfferProps, 'disabled'>) {
  const { say } = useWords()
  const format = useFormat()
  const { thresholds, sums } = rangesFor(pack)
  return (
    <div className="flex animate-arrive flex-col gap-4">
      <SelectField
        id="recharge-threshold"
        label={<Words id="recharge.threshold" />}
        value={String(wish.part)}
        groups={[{ options: thresholds.map((count, part) => option(part, say('recharge.left', { count }))) }]}
        onChoose={(part) => onWish({ ...wish, part: Number(part) })}
      />
      <SelectField
        id="recharge-pack"
        label={<Words id="recharge.pack" />}
        value={pack.key}
        groups={[{ options: packs.map((each) => ({ value: each.key, label: packLabel(each, format) })) }]}
        onChoose={(key) => onWish({ ...wish, pack: key })}
      />
      <SelectField
        id="recharge-monthly"
        label={<Words id="recharge.monthly" />}
        value={String(wish.times)}
        groups={[{ options: sums.map((sum, times) => option(times, format.money(sum))) }]}
        onChoose={(times) => onWish({ ...wish, times: Number(times) })}
        hint={<Words id="recharge.monthlyWhy" />}
      />
      <p className="text-small text-quiet">
        <Words id="recharge.declined" />
      </p>
    </div>
  )
}

function option(value: number, label: string) {
  return { value: String(value), label }
}

function packLabel({ name, quote: { due } }: PackOffer, format: Format): string {
  return `${name} · ${format.money(due)}`
}

/** It is on: said with all its limits, and switched off right here. */
export function RechargeOn({ recharge, packs }: RechargeOnProps) {
  const format = useFormat()
  const client = useQueryClient()
  const off = useMutation(rechargeDeed(client))
  const pack = packs.find(({ key }) => key === recharge.pack)
  return (
    <div className="flex flex-col border-t border-hairline pt-4 text-small">
      <p>
        <Words
          id="recharge.on"
          values={{
            pack: <bdi>{pack?.name ?? recharge.pack}</bdi>,
            threshold: recharge.threshold,
            monthly: <bdi>{format.money(recharge.monthly)}</bdi>,
          }}
        />{' '}
        <Words id="recharge.declined" />
      </p>
      <span>
        <LinkButton
          aria-disabled={off.isPending || undefined}
          onClick={() => {
            if (!off.isPending) off.mutate({ ...recharge, on: false })
          }}
        >
          <Words id={off.isPending ? 'recharge.switchingOff' : 'recharge.switchOff'} />
        </LinkButton>
      </span>
      {off.isError && (
        <Notice kind="warning" role="alert" word={<Words id="recharge.offFailed" />}>
          <Words id="recharge.offFailedWhy" />
        </Notice>
      )}
    </div>
  )
}

type RechargeOnProps = { readonly recharge: AutoRecharge; readonly packs: readonly PackOffer[] }
