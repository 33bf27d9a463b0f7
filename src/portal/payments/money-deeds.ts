import type { DeedAnswer, PayingFix, Plan, SetupAnswerSchema } from '#contract/deed.ts'
import type { Visit } from '#contract/visit.ts'
import { sum, type Money } from '#diagnosis/money.ts'
import { ApiError } from '#portal/api/http.ts'
import type { z } from 'zod'
import { dropAsked, keepAsked, settleAsked, unanswered, type Asked } from './asked.ts'
import { confirmWithBank } from './bank-check.ts'
import { loadStripeJs } from './load-stripe.ts'
import { tellOtherTabs } from './other-tabs.ts'
import { continueSaving, type SaveResult } from './save-card.ts'
import type { Situation, Step } from './situation.ts'

type Confirm = Extract<DeedAnswer['outcome'], { kind: 'confirm' }>
type Confirming = { readonly invoice: string; readonly finished: boolean }
type Wish = Extract<Asked, { deed: PayingFix }>['wish']

/** What the deeds need of the screen they are done on. */
export type Hands = {
  readonly visit: Visit
  /** The verb that this screen pays by. */
  readonly fix: PayingFix
  readonly setup: () => Promise<z.infer<typeof SetupAnswerSchema>>
  readonly pay: (deed: PayingFix, wish: Wish) => Promise<DeedAnswer>
  readonly confirm: (confirming: Confirming) => Promise<DeedAnswer>
  readonly show: (step: Step) => void
  /** Reads the account again. */
  readonly look: () => Promise<unknown>
  /** Asks for the prices again, where something is bought. */
  readonly reprice: () => Promise<unknown>
  /** Goes where the fresh visit belongs. */
  readonly leave: (fresh: Visit, asked: Asked, came: 'done' | 'processing') => Promise<Situation>
}

/** Saves what is typed; nothing is charged, whatever comes of it. */
export async function saveNew(
  hands: Pick<Hands, 'setup'>,
  save: (secret: () => Promise<string>) => Promise<SaveResult>,
) {
  return withoutMoney(() => save(async () => (await hands.setup()).clientSecret))
}

/** Goes on with a card whose bank check was cut short. */
export async function saveUnfinished(
  { visit }: Pick<Hands, 'visit'>,
  { clientSecret, saved, setupIntent }: NonNullable<Visit['unfinished']>,
): Promise<SaveResult | Situation> {
  if (saved) return { kind: 'saved', setupIntent }
  return withoutMoney(async () => continueSaving(await loadStripeJs(visit.stripe), clientSecret))
}

export function payWith(hands: Hands, means: Wish['with'], plan: Plan): Promise<Situation> {
  return ask(hands, { deed: hands.fix, wish: { with: means, plan } })
}

/** Opens the bank's check of an invoice and reads what came of it. */
export function confirmInvoice(hands: Hands, invoice: string): Promise<Situation> {
  return ask(hands, { deed: 'confirm-payment/begin', invoice })
}

/** Repeats the unanswered question under its own key, which never pays a second time. */
export async function askAgain(hands: Hands): Promise<Situation> {
  const asked = unanswered(hands.visit.check?.id)
  if (asked) return ask(hands, asked)
  await hands.look()
  return { kind: 'idle' }
}

async function ask(hands: Hands, asked: Asked): Promise<Situation> {
  const check = hands.visit.check?.id
  hands.show(asked.deed === 'confirm-payment/finish' ? 'reading' : 'wish' in asked ? 'paying' : 'bank')
  keepAsked(check, asked)
  try {
    const answer = await send(hands, asked)
    if (answer.outcome.kind === 'unknown') keepAsked(check, { ...asked, told: answer.outcome })
    else dropAsked(check)
    tellOtherTabs()
    return await settle(hands, asked, answer)
  } catch (error) {
    return await afterNoAnswer(hands, error)
  }
}

function send({ pay, confirm }: Hands, asked: Asked): Promise<DeedAnswer> {
  return 'wish' in asked
    ? pay(asked.deed, asked.wish)
    : confirm({ invoice: asked.invoice, finished: asked.deed === 'confirm-payment/finish' })
}

async function settle(hands: Hands, asked: Asked, { outcome, visit }: DeedAnswer): Promise<Situation> {
  switch (outcome.kind) {
    case 'done':
    case 'processing':
      return hands.leave(visit, asked, outcome.kind)
    case 'confirm':
      if (asked.deed === 'confirm-payment/finish') return { kind: 'unfinished' }
      return letBankAsk(hands, outcome, paidBy(outcome) ?? ('wish' in asked ? asked.wish.plan.total : asked.total))
    case 'declined':
      if (outcome.decline === 'confirm') return { kind: 'unfinished' }
      return outcome
    case 'refused':
    case 'unknown':
      return outcome
    case 'stale':
      hands.show('reading')
      await hands.reprice()
      return { kind: 'stale' }
  }
}

/** Of several invoices, those up to the one that the bank asks about: the rest stays open. */
function paidBy({ amount, paid = [] }: Confirm): Money | undefined {
  return amount && sum([...paid.map((one) => one.amount), amount])
}

async function letBankAsk(hands: Hands, { invoice, clientSecret }: Confirm, total: Money | undefined) {
  hands.show('bank')
  const stripe = await loadStripeJs(hands.visit.stripe).catch(() => undefined)
  if (!stripe) return { kind: 'unavailable' } as const
  await confirmWithBank(stripe, clientSecret)
  return ask(hands, { deed: 'confirm-payment/finish', invoice, ...(total && { total }) })
}

/** No answer is not a no: unless the server refused outright, money may have moved. */
async function afterNoAnswer(hands: Hands, error: unknown): Promise<Situation> {
  if (!(error instanceof ApiError)) throw error
  const check = hands.visit.check?.id
  if (error.problem?.code === 'key-reused') {
    settleAsked(check)
    await Promise.all([hands.look(), hands.reprice()])
    return { kind: 'stale' }
  }
  const refused = error.kind === 'problem' && error.status >= 400 && error.status < 500 && error.status !== 409
  if (!refused) return { kind: 'unknown' }
  dropAsked(check)
  if (error.status === 403 || error.status === 410) await hands.look()
  return afterRefusal(error)
}

async function withoutMoney(work: () => Promise<SaveResult>): Promise<SaveResult | Situation> {
  try {
    return await work()
  } catch (error) {
    return afterRefusal(error)
  }
}

function afterRefusal(error: unknown): Situation {
  if (!(error instanceof ApiError)) return { kind: 'unavailable' }
  if (error.status === 401) return { kind: 'signed-out', error }
  if (error.status === 429) return { kind: 'too-many' }
  return { kind: error.kind === 'offline' ? 'offline' : 'unavailable' }
}
