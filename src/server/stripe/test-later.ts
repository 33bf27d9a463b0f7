import { randomUUID } from 'node:crypto'
import { OverviewSchema } from '#contract/overview.ts'
import type Stripe from 'stripe'
import type { Lab, Stay } from './test-desk.ts'
import { offerOf, planFrom, type Market, type PlanKey } from './test-market.ts'
import { act, holdingIn } from '#server/plan/test-plan.ts'

/** Seconds from the beginning of a period until its invoice is charged, and a minute. */
const CHARGED = 3_660

export const eur = (amount: number) => ({ amount, currency: 'eur' })
export const idOf = ({ subscriptions: [id = ''] }: Stay) => id
export const holding = (stay: Stay) => holdingIn(stay.browser, idOf(stay))
/** What is sent to take up an offer for which nothing is due now. */
export const change = async (stay: Stay, key: PlanKey) => ({
  act: 'change',
  plan: planFrom(await offerOf(stay, key)),
})
export const undo = (stay: Stay) => act(stay.browser, { act: 'undo', subscription: idOf(stay) })
export const overview = async ({ browser }: Pick<Stay, 'browser'>) =>
  OverviewSchema.parse((await browser.get('/api/overview?fresh=true')).body).subscriptions[0]

/** For tests of changes that begin later: how things stand at Stripe and for the app. */
export function openLater({ stripe }: Lab, market: Market) {
  const atStripe = (stay: Stay): Promise<Stripe.Subscription> => stripe.subscriptions.retrieve(idOf(stay))
  return {
    atStripe,
    priceAtStripe: async (stay: Stay) => (await atStripe(stay)).items.data[0]?.price.lookup_key,
    charges: ({ customer }: Stay) => market.desk.charges(customer),
    balance: async ({ customer }: Stay) => {
      const found = await stripe.customers.retrieve(customer)
      return found.deleted ? 0 : found.balance
    },
    upgrade: async (stay: Stay, plan: object) => {
      const request = { with: { method: await market.desk.otherCard(stay.customer) }, plan }
      return (await stay.browser.deed('choose-plan', request, randomUUID())).outcome
    },
    /** The period that begins then, an hour later. */
    renewed: (stay: Stay, at: number) => market.letTimePass(stay, at + CHARGED),
    mayHave: async ({ account }: Stay, asked: object) => {
      const question = { account, actor: 'anna', client: 'program', fresh: true, ...asked }
      const { body } = await market.portal.asApp('POST', '/v1/checks', question)
      return (body as { allowed: boolean }).allowed
    },
    /** Somebody who has one plan and has chosen a smaller one. */
    planned: async (from: PlanKey = 'business_monthly', to: PlanKey = 'starter_monthly') => {
      const stay = await market.enter(from)
      const { outcome } = await act(stay.browser, await change(stay, to))
      if (outcome.kind !== 'done') throw new Error(`not planned: ${outcome.kind}`)
      return { stay, periodEnd: (await holding(stay)).periodEnd }
    },
  }
}
