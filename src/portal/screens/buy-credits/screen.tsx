import type { Offers, PackOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { speak } from '#diagnosis/speak.ts'
import { setRecharge } from '#portal/api/recharge.ts'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { isBoughtOff, useLifted } from '#portal/buying/bought-off.ts'
import { useOffered } from '#portal/buying/offered.ts'
import { OffersFailed } from '#portal/buying/offers-failed.tsx'
import { Explained } from '#portal/explained.tsx'
import type { Done } from '#portal/paths.ts'
import { wantedBefore } from '#portal/payments/asked.ts'
import { Checkout } from '#portal/payments/checkout.tsx'
import { LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { isCalm } from '#portal/payments/situation.ts'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words, type Say } from '#portal/words/words.ts'
import { Skeleton } from '#ui/skeleton.tsx'
import { useState } from 'react'
import { useSearchParams } from 'react-router-dom'
import { inOrder, saleOf } from './pack-sale.ts'
import { Packs } from './packs.tsx'
import { noWish, rechargeOf, type Wish } from './recharge-wish.ts'
import { RechargeOffer, RechargeOn } from './recharge.tsx'
import { Why } from './why.tsx'

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <BuyCredits visit={visit} />
}

/** Nothing is wrong, but somebody comes to buy (`?pack=`): the page of usage sends them. */
const moreWanted = { blocker: speak('credits_exhausted', undefined, {}), warned: true } as const

/** Money is on its way already: nothing more is asked for. */
function isPaying({ diagnosis: { blockers } }: Visit): boolean {
  return blockers[0]?.reason === 'payment_processing'
}

function BuyCredits({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const [search] = useSearchParams()
  const [wanted, want] = useState(() => wantedBefore(visit.check?.id)?.price ?? search.get('pack') ?? undefined)
  const [wish, setWish] = useState(noWish)
  const lifted = useLifted(visit, 'buy-credits') ?? (search.has('pack') ? moreWanted : undefined)
  const { blocker, warned = false } = lifted ?? {}
  useReturnFromBank(visit.check?.id)
  const payment = usePayment(visit, 'buy-credits', 'buy-credits', { afterwards: switchOn })
  const offered = useOffered(visit, payment.situation)
  const packs = offered.kind === 'known' ? inOrder(offered.offers.packs) : []
  const chosen = chosenFrom(packs, wanted)

  /** Only once the money has arrived: nothing is set up for a purchase that came to nothing. */
  async function switchOn(): Promise<Partial<Done>> {
    const recharge = chosen && rechargeOf(wish, rechargedPack(packs, wish, chosen))
    if (!recharge) return {}
    try {
      await setRecharge(recharge)
      return { recharge: 'on' }
    } catch {
      return { recharge: 'failed' }
    }
  }

  const isOver =
    lifted === moreWanted
      ? isPaying(visit) && isCalm(payment.situation)
      : isBoughtOff(visit, 'buy-credits', payment.situation)
  if (!blocker || isOver) return <LeaveWhenMended visit={visit} />
  const page = {
    visit,
    payment,
    headline: lifted === moreWanted ? say('credits.more') : headlineOf(blocker, warned, say),
    why:
      lifted === moreWanted ? <Words id="credits.moreWhy" /> : <Why visit={visit} blocker={blocker} warned={warned} />,
  }
  if (offered.kind === 'failed') {
    return <Checkout {...page} sale={undefined} instead={<OffersFailed failed={offered} />} />
  }
  if (offered.kind === 'loading') return <Checkout {...page} sale={undefined} options={<PacksPlace />} />
  if (!chosen) return <Explained visit={visit} reason={blocker.reason} />
  const calm = isCalm(payment.situation)
  return (
    <Checkout
      {...page}
      sale={saleOf(chosen)}
      options={
        <div className="flex flex-col gap-2">
          <Packs
            packs={packs}
            value={chosen.key}
            disabled={!calm}
            onChoose={(key) => {
              want(key)
              payment.changed()
            }}
          />
          <StillMissing blocker={blocker} pack={chosen} />
        </div>
      }
      after={
        <Recharge offers={offered.offers} packs={packs} chosen={chosen} wish={wish} disabled={!calm} onWish={setWish} />
      }
    />
  )
}

/** The one that was asked for, unless it is too small where another is not; the smallest that is enough otherwise. */
function chosenFrom(packs: readonly PackOffer[], wanted: string | undefined): PackOffer | undefined {
  const [first] = packs
  return packs.find(({ key, helps }) => key === wanted && (helps || first?.helps === false)) ?? first
}

/** Who chose another pack for later keeps it; otherwise it is the one that is bought now. */
function rechargedPack(packs: readonly PackOffer[], { pack }: Wish, chosen: PackOffer): PackOffer {
  return packs.find(({ key }) => key === pack) ?? chosen
}

/** Some may be left, and still too few. */
function headlineOf(blocker: Blocker, warned: boolean, say: Say): string {
  if (warned && blocker.reason === 'credits_exhausted') return say('credits.runningOut')
  const isLeft = blocker.reason === 'credits_exhausted' && (blocker.balance ?? 0) > 0
  return isLeft ? say('credits.tooFewLeft') : say(`reason.${blocker.reason}`)
}

type RechargeProps = {
  readonly offers: Offers
  readonly packs: readonly PackOffer[]
  readonly chosen: PackOffer
  readonly wish: Wish
  readonly disabled: boolean
  readonly onWish: (wish: Wish) => void
}

/** Where the merchant has no such thing, nothing is said about it. */
function Recharge({ offers: { autoRecharge }, packs, chosen, wish, ...rest }: RechargeProps) {
  if (!autoRecharge) return null
  if (autoRecharge.on) return <RechargeOn recharge={autoRecharge} packs={packs} />
  return <RechargeOffer packs={packs} pack={rechargedPack(packs, wish, chosen)} wish={wish} {...rest} />
}

/** No single pack is enough: what will be missing after this one is said before it is paid. */
function StillMissing({ blocker, pack }: { readonly blocker: Blocker; readonly pack: PackOffer }) {
  if (blocker.reason !== 'credits_exhausted' || pack.helps) return null
  const { needed, balance = 0 } = blocker
  const missing = needed === undefined ? 0 : needed - balance - pack.credits
  if (missing <= 0) return null
  return (
    <p className="text-small text-warning">
      <Words id="credits.stillMissing" values={{ count: missing }} />
    </p>
  )
}

function PacksPlace() {
  return (
    <div aria-busy="true" className="flex flex-col gap-2">
      <p className="font-medium">
        <Words id="credits.legend" />
      </p>
      <div className="flex flex-col divide-y divide-hairline rounded-control border border-hairline">
        {['one', 'two', 'three'].map((place) => (
          <div key={place} className="flex h-15 items-center justify-between gap-4 px-3">
            <Skeleton width="w-1/3" />
            <Skeleton width="w-16" />
          </div>
        ))}
      </div>
    </div>
  )
}
