import type { DeedAnswer } from '#contract/deed.ts'
import type { PlanAct, PlanActOf } from '#contract/holding.ts'
import { plannedIn } from '#diagnosis/kept.ts'
import { isOver } from '#diagnosis/standing.ts'
import { judge } from '#server/account.ts'
import type { Hands } from '#server/context.ts'
import { perform, type Doer, type Payer } from '#server/fixes/deed.ts'
import { readHeld, type Held } from '#server/stripe/held.ts'
import { restore } from '#server/stripe/lessen.ts'
import { addCode, cancelNow, cancelWithPeriod, keepGoing, pauseNow, removeDiscount } from '#server/stripe/plan-acts.ts'
import { findPromotion, previewCode } from '#server/stripe/promotion-code.ts'
import type { Heard } from '#server/stripe/subscriptions.ts'
import { sha256 } from '#server/token.ts'
import { changeForNothing } from './change.ts'
import { actsOn, type Scene } from './holding.ts'
import { restorableIn } from './page.ts'
import { settle } from './settle.ts'

/** One act on one subscription: when it is done already, whether it may be done, and how. */
type Act = {
  readonly isDone: (held: Held) => boolean
  /** Whether what the person saw still holds. Throws StripeUnreachable. */
  readonly mayStill: () => boolean | Promise<boolean>
  readonly carryOut: (held: Held) => Promise<Heard>
}

/**
 * Does what costs nothing now with a subscription. What is so already is not done again, so that a lost answer may be asked
 * for once more. Throws ApiError not-allowed, not-found, key-reused.
 */
export function actOnPlan(hands: Hands, doer: Doer, act: PlanAct): Promise<DeedAnswer> {
  return perform(hands, doer, { deed: `plan/${act.act}`, request: act }, async (payer) => {
    if (act.act === 'change') return changeForNothing(hands, payer, act.plan, doer.key)
    const own = await find(hands, payer, act.subscription)
    if (!own) return { kind: 'stale' }
    const { held, may } = own
    const { isDone, mayStill, carryOut } = await actOf(hands, payer, { act, held, may, key: doer.key })
    if (isDone(held)) return { kind: 'done' }
    if (!(await mayStill())) return { kind: 'stale' }
    const read = () => readHeld(hands.stripe, payer.customer)
    return settle(read, { id: act.subscription, heard: await carryOut(held), isDone })
  })
}

type Stage<A> = {
  readonly act: A
  readonly held: Held
  readonly may: ReturnType<typeof actsOn>
  readonly key: string
}

async function actOf(hands: Hands, payer: Payer, stage: Stage<Exclude<PlanAct, { act: 'change' }>>): Promise<Act> {
  const { act, may, held } = stage
  const { stripe } = hands
  const attempt = { key: sha256(`${stage.key} ${act.act}`) }
  switch (act.act) {
    case 'cancel': {
      const { when, subscription: _, act: __, ...why } = act
      return when === 'end'
        ? {
            isDone: (now) => now.cancelAt !== undefined && !isOver(now),
            mayStill: () => may.includes('cancel'),
            carryOut: (now) => cancelWithPeriod(stripe, now, why, attempt),
          }
        : {
            isDone: isOver,
            mayStill: () => may.includes('cancel-now'),
            carryOut: (now) => cancelNow(stripe, now, why, attempt),
          }
    }
    case 'keep':
      return {
        isDone: (now) => now.cancelAt === undefined && !isOver(now),
        mayStill: () => may.includes('keep'),
        carryOut: (now) => keepGoing(stripe, now, attempt),
      }
    case 'undo':
      return {
        // Whose time is over has begun.
        isDone: ({ items }) => items.every(({ keeps }) => keeps === undefined),
        mayStill: () => may.includes('undo'),
        carryOut: (now) => undoChange(hands, now, attempt),
      }
    case 'pause':
      return {
        isDone: ({ status, pausedBy }) => status === 'paused' && pausedBy === 'pause_requested',
        mayStill: () => may.includes('pause'),
        carryOut: (now) => pauseNow(stripe, now, attempt),
      }
    case 'remove-code':
      return {
        isDone: ({ discounts }) => !discounts.some(({ id }) => id === act.discount),
        mayStill: () => may.includes('remove-code'),
        carryOut: (now) => removeDiscount(stripe, now, act.discount, attempt),
      }
    case 'code':
      return codeAct(hands, payer, { ...stage, act, held }, attempt)
  }
}

function undoChange({ stripe, now }: Hands, { id, items }: Held, attempt: { key: string }): Promise<Heard> {
  const planned = plannedIn({ items }, now())
  if (!planned) return Promise.resolve('no')
  return restore(stripe, { subscription: id, item: planned.item.id }, planned.keeps, attempt)
}

/** The next invoice is reckoned again: anything but the sum that was shown is refused. */
async function codeAct(
  { stripe, now }: Hands,
  { customer }: Payer,
  { act, held, may }: Stage<PlanActOf<'code'>>,
  attempt: { key: string },
): Promise<Act> {
  const isDone = ({ discounts }: Held) => discounts.some(({ code }) => code?.toLowerCase() === act.code.toLowerCase())
  const never: Act = { isDone, mayStill: () => false, carryOut: () => Promise.resolve('no') }
  if (isDone(held)) return never
  const promotion = await findPromotion(stripe, { code: act.code, customer, now: now() })
  if (typeof promotion === 'string') return never
  return {
    isDone,
    mayStill: async () => {
      if (!may.includes('code')) return false
      const found = await previewCode(stripe, held, promotion)
      return (
        found.kind === 'good' && found.after.amount === act.next.amount && found.after.currency === act.next.currency
      )
    },
    carryOut: (now) => addCode(stripe, now, promotion.id, attempt),
  }
}

/** A subscription of this customer, and what may be done with it. Throws StripeUnreachable. */
export async function find(hands: Hands, payer: Payer, id: string) {
  const { config, now } = hands
  const held = await readHeld(hands.stripe, payer.customer)
  const own = held.find((one) => one.id === id)
  const subscription = payer.facts.subscriptions.find((one) => one.id === id)
  if (!own || !subscription) return undefined
  const scene: Scene = {
    facts: payer.facts,
    diagnosis: judge(config, payer, {}, now()),
    policy: config.policy,
    now: now(),
    held,
    mayPay: true,
    seesMoney: true,
    nameOf: String,
    restorable: await restorableIn(hands, held),
  }
  return { held: own, may: actsOn(scene, { ...subscription, ...own }) }
}
