import { randomUUID } from 'node:crypto'
import { DeedAnswerSchema, type DeedAnswer } from '#contract/deed.ts'
import { CodeAnswerSchema, HoldingsSchema, SeatsAnswerSchema, type Holding, type Holdings } from '#contract/holding.ts'
import type { Browser } from '#server/test-portal.ts'

/** For tests: what the plan page says, fails unless it is answered as the contract says. */
export async function pageOf(browser: Browser): Promise<Holdings> {
  const { status, text, body } = await browser.get('/api/plan')
  if (status !== 200) throw new Error(`${status} ${text}`)
  return HoldingsSchema.parse(body)
}

export async function holdingIn(browser: Browser, id: string | undefined): Promise<Holding> {
  const found = (await pageOf(browser)).holdings.find((holding) => holding.id === id)
  if (!found) throw new Error(`there is no ${id}`)
  return found
}

export async function act(browser: Browser, request: object, key: string = randomUUID()): Promise<DeedAnswer> {
  const answer = await browser.post('/api/plan', request, { 'idempotency-key': key })
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`)
  return DeedAnswerSchema.parse(answer.body)
}

export async function tryCode(browser: Browser, subscription: string | undefined, code: string) {
  const { status, text, body } = await browser.post('/api/plan/code', { subscription, code })
  if (status !== 200) throw new Error(`${status} ${text}`)
  return CodeAnswerSchema.parse(body)
}

export async function seatsAt(browser: Browser, subscription: string | undefined, quantity: number) {
  const { status, text, body } = await browser.get(`/api/plan/seats?subscription=${subscription}&quantity=${quantity}`)
  if (status !== 200) throw new Error(`${status} ${text}`)
  return SeatsAnswerSchema.parse(body)
}
