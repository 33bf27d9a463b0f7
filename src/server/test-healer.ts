import { randomUUID } from 'node:crypto'
import { CheckAnswerSchema } from '#contract/check.ts'
import type { DeedAnswer, Plan } from '#contract/deed.ts'
import { OffersSchema, type Offers } from '#contract/offer.ts'
import { VisitSchema, type Visit } from '#contract/visit.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import type { Fix } from '#diagnosis/reason.ts'
import type { Desk, LabWithBank, Stay } from '#server/stripe/test-desk.ts'
import type { TestPortal } from '#server/test-portal.ts'

/** What an app asks for; see `POST /v1/checks`. */
export type Asked = { readonly feature?: string; readonly meter?: string; readonly quantity?: number }

/** One remedy as it was applied, and what came of it. */
export type Step = {
  readonly reason: string
  readonly fix: Fix
  readonly came: DeedAnswer['outcome']['kind'] | 'passed' | 'vendor'
}

type Scene = {
  readonly stay: Stay
  readonly visit: Visit
  readonly blocker: Blocker
  readonly check: string
  /** A card's template at Stripe: who pays with what. */
  readonly card: string
}

/** More than a person would ever need: whoever gets here walks in circles. */
const STEPS = 10

/** Does what the screens offer, one step after the other, as a person with a good card would. */
export function openHealer(portal: TestPortal, bench: LabWithBank, desk: Desk) {
  async function refusal(stay: Stay, asked: Asked) {
    const question = { account: stay.account, actor: 'anna', fresh: true, ...asked }
    const { body } = await portal.asApp('POST', '/v1/checks', question)
    return CheckAnswerSchema.parse(body)
  }

  async function look(stay: Stay, check: string): Promise<Visit> {
    const { body, status } = await stay.browser.get(`/api/visit?check=${check}`)
    if (status !== 200) throw new Error(`no visit: ${status} ${JSON.stringify(body)}`)
    return VisitSchema.parse(body)
  }

  /** Access is given exactly when nothing blocks: the app and the person hear the same. */
  async function agree(stay: Stay, check: string): Promise<void> {
    const { blockers } = (await look(stay, check)).diagnosis
    if (blockers.length > 0) throw new Error(`the app is told yes, and the person ${JSON.stringify(blockers)}`)
  }

  async function offers({ stay, check }: Scene): Promise<Offers> {
    const { body, status } = await stay.browser.get(`/api/offers?check=${check}`)
    if (status !== 200) throw new Error(`no offers: ${status} ${JSON.stringify(body)}`)
    return OffersSchema.parse(body)
  }

  /** A new card, the plan as it was shown, and the bank's question where it has one. */
  async function pay({ stay, check, card }: Scene, fix: Fix, plan: Plan): Promise<Step['came']> {
    const setupIntent = await desk.newCard(stay.browser, card)
    const key = randomUUID()
    const { outcome } = await stay.browser.deed(fix, { check, with: { setupIntent }, plan }, key)
    return outcome.kind === 'confirm' ? confirm({ stay, check }, outcome) : outcome.kind
  }

  async function confirm(
    { stay, check }: Pick<Scene, 'stay' | 'check'>,
    { invoice, clientSecret }: { invoice: string; clientSecret: string },
  ): Promise<Step['came']> {
    const intent = await bench.stripe.paymentIntents.retrieve(clientSecret.split('_secret')[0] ?? '')
    if (intent.next_action) await bench.answerBank(intent, 'complete')
    const { outcome } = await stay.browser.deed('confirm-payment', { check, invoice, finished: true })
    return outcome.kind
  }

  const debt = ({ blocker }: Scene): Plan => {
    const owed = 'debt' in blocker ? blocker.debt : undefined
    return owed ? { invoices: owed.invoices.map(({ id }) => id), total: owed.total } : { invoices: [] }
  }

  const payDebt = (fix: Fix) => (scene: Scene) => pay(scene, fix, debt(scene))

  async function choosePlan(scene: Scene): Promise<Step['came']> {
    const { plans } = await offers(scene)
    const offer = plans.find(({ helps }) => helps)
    // The screen says so and leads to the merchant: a plan that is billed by hand is not changed by a click.
    if (!offer) return 'vendor'
    const { key: price, quantity, subscription, quote } = offer
    return pay(scene, 'choose-plan', {
      invoices: [],
      price,
      quantity,
      total: quote.due,
      ...(subscription !== undefined && { subscription }),
      ...(quote.proratedAt !== undefined && { proratedAt: quote.proratedAt }),
    })
  }

  async function goOn(scene: Scene, fix: 'renew' | 'resume'): Promise<Step['came']> {
    const { visit, blocker } = scene
    if (!visit.goOn || !('price' in blocker)) throw new Error(`${fix} has no price`)
    return pay(scene, fix, { invoices: [], subscription: visit.goOn.subscription, total: visit.goOn.quote.due })
  }

  /** Everything that takes money or a word of the customer's; the rest is the merchant's, the bank's or time's. */
  const remedies = {
    'update-card': payDebt('update-card'),
    'pay-invoice': payDebt('pay-invoice'),
    'finish-subscribing': payDebt('finish-subscribing'),
    'confirm-payment': async (scene) => {
      const { stay, check, blocker } = scene
      if (blocker.reason !== 'authentication_required') throw new Error('nothing to confirm')
      const { invoice } = blocker
      const { outcome } = await stay.browser.deed('confirm-payment', { check, invoice, finished: false })
      return outcome.kind === 'confirm' ? confirm(scene, outcome) : outcome.kind
    },
    'await-payment': async ({ stay }) => {
      const { data } = await bench.stripe.paymentIntents.list({ customer: stay.customer, limit: 100 })
      for (const { id } of data.filter(({ status }) => status === 'processing'))
        await bench.lever('POST', `payment_intents/${id}/settle`, { outcome: 'succeeded' })
      return 'passed'
    },
    renew: (scene) => goOn(scene, 'renew'),
    resume: (scene) => goOn(scene, 'resume'),
    'choose-plan': choosePlan,
    'raise-limit': choosePlan,
    'billing-details': async ({ stay, check }) => {
      const address = { line1: 'Torstraße 1', postal_code: '10119', city: 'Berlin', country: 'DE' }
      const taxId = { type: 'eu_vat', value: 'DE123456789' }
      const { outcome } = await stay.browser.deed('billing-details', { check, name: 'Acme GmbH', address, taxId })
      return outcome.kind
    },
    'raise-cap': async (scene) => {
      const { caps } = await offers(scene)
      const apiKey = 'apiKey' in scene.blocker ? scene.blocker.apiKey : undefined
      const limit = caps.find((cap) => cap.apiKey === apiKey)?.suggested[0]
      if (!limit) throw new Error('no higher cap is suggested')
      const { stay, check } = scene
      const { outcome } = await stay.browser.deed('raise-cap', {
        check,
        limit,
        ...(apiKey !== undefined && { apiKey }),
      })
      return outcome.kind
    },
    'buy-credits': async (scene) => {
      const { packs } = await offers(scene)
      const pack = packs.find(({ helps }) => helps) ?? packs[0]
      if (!pack) throw new Error('no credits are sold')
      return pay(scene, 'buy-credits', { invoices: [], price: pack.key, total: pack.quote.due })
    },
    'add-seats': async (scene) => {
      const { seats } = await offers(scene)
      if (!seats) return choosePlan(scene)
      const { subscription, key: price, quantity, quote } = seats
      return pay(scene, 'add-seats', {
        invoices: [],
        subscription,
        price,
        quantity,
        total: quote.due,
        ...(quote.proratedAt !== undefined && { proratedAt: quote.proratedAt }),
      })
    },
    wait: async ({ blocker }) => {
      portal.clock.now = Math.max(portal.clock.now, ('until' in blocker && blocker.until) || portal.clock.now + 900)
      return 'passed'
    },
    'wait-for-vendor': async () => {
      portal.clock.now += 900
      return 'passed'
    },
    'contact-support': async ({ stay, blocker }) => {
      if (blocker.reason === 'subscription_paused')
        await bench.stripe.subscriptions.resume(blocker.subscription, { billing_cycle_anchor: { type: 'unchanged' } })
      if ('cause' in blocker && blocker.cause === 'dispute') await winDisputes(bench, stay.customer)
      await portal.register(stay.account, { stripe_customer: stay.customer })
      return 'passed'
    },
    diagnosis: async ({ blocker }) => {
      throw new Error(`nobody knows what is wrong: ${JSON.stringify(blocker)}`)
    },
  } as const satisfies Record<Fix, (scene: Scene) => Promise<Step['came']>>

  return {
    refusal,
    /** Applies remedy after remedy until the app is told yes, or only the merchant can go on. Throws where neither happens. */
    heal: async (stay: Stay, { asked = {}, card = 'pm_card_visa' }: { asked?: Asked; card?: string } = {}) => {
      const steps: Step[] = []
      let seen: string | undefined
      for (let step = 0; step < STEPS; step += 1) {
        const answer = await refusal(stay, asked)
        if (answer.allowed) {
          if (seen !== undefined) await agree(stay, seen)
          return steps
        }
        const check = answer.problem.request_id
        seen = check
        const visit = await look(stay, check)
        const [blocker] = visit.diagnosis.blockers
        if (!blocker) throw new Error('the app is told no, and the person that all is well')
        const came = await remedies[blocker.fix]({ stay, visit, blocker, check, card })
        steps.push({ reason: blocker.reason, fix: blocker.fix, came })
        if (came === 'vendor') return steps
      }
      throw new Error(`a dead end: ${JSON.stringify(steps)}`)
    },
  }
}

export type Healer = ReturnType<typeof openHealer>

async function winDisputes({ stripe, lever }: LabWithBank, customer: string): Promise<void> {
  const { data } = await stripe.paymentIntents.list({ customer, limit: 100, expand: ['data.latest_charge'] })
  for (const { id } of data) {
    const disputes = await stripe.disputes.list({ payment_intent: id })
    for (const dispute of disputes.data) await lever('POST', `disputes/${dispute.id}`, { status: 'won' })
  }
}
