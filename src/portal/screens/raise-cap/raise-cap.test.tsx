// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { CapOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import type { Money } from '#diagnosis/money.ts'
import { noon } from '#diagnosis/samples.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/raise-cap?check=${check}`
const path = '/api/fixes/raise-cap'
const resets = noon + 9 * 86_400
const eur = (amount: number): Money => ({ amount, currency: 'eur' })
const done = [200, { outcome: { kind: 'done' }, visit: visitOf(inOrder) }] as const

const cap: CapOffer = {
  limit: eur(100_00),
  spent: eur(99_80),
  resets,
  suggested: [eur(150_00), eur(250_00)],
}

function capped(evidence: object = {}, differs: Partial<Visit> = {}) {
  const told = { limit: cap.limit, spent: cap.spent, resets }
  const blocker = {
    reason: 'spend_cap_reached',
    fix: 'raise-cap',
    who: 'billing_admin',
    ...told,
    ...evidence,
  } as Blocker
  return visitOf({ ...inOrder, verdict: 'blocked', access: false, blockers: [blocker] }, differs)
}

type Answer = readonly [number, unknown] | 'lost' | (() => readonly [number, unknown])

const offersOf = (...caps: CapOffer[]) => [200, { plans: [], packs: [], caps }] as const
const open = (offers: Answer = offersOf(cap), answer: Answer = done, visit = capped()) =>
  openPortal({
    at,
    network: {
      'GET /api/visit': [200, visit],
      'GET /api/offers': offers,
      [`POST ${path}`]: answer,
      'POST /api/return': 'lost',
    },
  })

const sent = (said: readonly { path: string; body: unknown }[]) =>
  said.filter((one) => one.path === path).map(({ body }) => body)

async function typeOwn(text: string) {
  await userEvent.click(await screen.findByRole('radio', { name: 'Another amount' }))
  const field = screen.getByRole('textbox')
  await userEvent.clear(field)
  await userEvent.type(field, text)
  return field
}

test('what is spent of what, when it starts again, and that nothing is charged now are said before the button', async () => {
  await open()
  await screen.findByRole('heading', { name: 'You have reached your spending limit' })
  await screen.findByRole('button', { name: /Set limit to €150.00/ })
  expect(document.body.textContent).toContain('€99.80 of €100.00 spent')
  expect(document.body.textContent).toMatch(/Starts again in 9 days, Tuesday/)
  expect(document.body.textContent).toMatch(/Nothing is charged now. It allows up to €150.00 in all until Tuesday/)
})

test('a suggested limit is one choice and one button, and the next screen names it', async () => {
  const { said, router } = await open()
  await userEvent.click(await screen.findByRole('radio', { name: /€250.00/ }))
  await userEvent.click(screen.getByRole('button', { name: /Set limit to €250.00/ }))
  await screen.findByRole('heading', { name: 'Your limit is €250.00 now' })
  expect(sent(said)).toEqual([{ check, limit: eur(250_00) }])
  expect(router.state.location.pathname).toBe('/fix/all-clear')
})

test('an amount of one’s own is read as it is typed, and the button says it', async () => {
  const { said } = await open()
  await typeOwn('€1,234.50')
  await userEvent.click(screen.getByRole('button', { name: /Set limit to €1,234.50/ }))
  await screen.findByRole('heading', { name: 'Your limit is €1,234.50 now' })
  expect(sent(said)).toEqual([{ check, limit: eur(1_234_50) }])
})

test.each([
  ['', 'Enter an amount.'],
  ['a lot', 'Enter an amount such as €200.00.'],
  ['120.005', 'Too many decimals: EUR has 2 decimals.'],
  ['100', 'Enter more than €100.00, or it stays paused.'],
  ['500.01', 'Northwind allows at most €500.00.'],
])('"%s" is not sent, and it is said at the field why', async (text, why) => {
  const { said } = await open(offersOf({ ...cap, most: eur(500_00) }))
  await userEvent.click(await screen.findByRole('radio', { name: 'Another amount' }))
  if (text !== '') await typeOwn(text)
  await userEvent.click(screen.getByRole('button', { name: /^Set limit/ }))
  const field = screen.getByRole('textbox')
  expect(document.getElementById('limit-error')?.textContent).toBe(why)
  expect(field.getAttribute('aria-describedby')).toContain('limit-error')
  expect(document.activeElement).toBe(field)
  expect(sent(said)).toEqual([])
})

test.each([
  ['jpy', 10_000, '15000', 15_000, /¥15,000/],
  ['kwd', 10_000, '15.5', 15_500, /KWD\s15.500/],
] as const)('in %s the smallest unit is the currency’s own', async (currency, limit, text, amount, words) => {
  const foreign = { limit: { amount: limit, currency }, spent: { amount: limit, currency }, suggested: [] }
  const { said } = await open(offersOf(foreign), done, capped(foreign))
  await userEvent.type(await screen.findByRole('textbox'), text)
  await userEvent.click(screen.getByRole('button', { name: words }))
  await screen.findByRole('heading', { name: words })
  expect(sent(said)).toEqual([{ check, limit: { amount, currency } }])
})

test('the limit of one key is raised, and not the account’s', async () => {
  const { said } = await open(
    offersOf({ ...cap, suggested: [eur(900_00)] }, { ...cap, apiKey: 'ci-runner' }),
    done,
    capped({ apiKey: 'ci-runner' }),
  )
  await userEvent.click(await screen.findByRole('button', { name: /Set limit to €150.00/ }))
  await screen.findByRole('heading', { name: /Your limit is/ })
  expect(sent(said)).toEqual([{ check, apiKey: 'ci-runner', limit: eur(150_00) }])
})

test('where the merchant allows no more it is said, and the merchant can be asked', async () => {
  await open(offersOf({ ...cap, most: eur(100_00), suggested: [] }))
  await screen.findByText(/highest limit that/)
  expect(screen.getByRole('link', { name: 'Contact Northwind' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Set limit/ })).toBeNull()
})

test('a limit that only the app knows of leads to the merchant', async () => {
  await open(offersOf(), done, capped({ limit: undefined, spent: undefined, resets: undefined }))
  await screen.findByText(/not a limit that can be changed here/)
  expect(screen.getByRole('link', { name: 'Contact Northwind' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Back to Maps API' })).toBeTruthy()
})

test('an amount that the server finds too small is said so, and another one can be sent', async () => {
  const [status, body] = problem(400, 'invalid-request')
  const refusal = [status, { ...(body as object), errors: [{ path: 'limit', message: 'Too little' }] }] as const
  const answers: (readonly [number, unknown])[] = [refusal, done]
  const { said } = await open(offersOf(cap), () => answers.shift() ?? done)
  await userEvent.click(await screen.findByRole('button', { name: /Set limit to €150.00/ }))
  expect((await screen.findByRole('alert')).textContent).toContain('not enough for what was refused')
  await userEvent.click(screen.getByRole('radio', { name: /€250.00/ }))
  await userEvent.click(screen.getByRole('button', { name: /Set limit to €250.00/ }))
  await screen.findByRole('heading', { name: 'Your limit is €250.00 now' })
  expect(sent(said)).toHaveLength(2)
})

test('limits that cannot be read are asked for again at a person’s word', async () => {
  const answers: (readonly [number, unknown])[] = [problem(503, 'stripe-unreachable'), offersOf(cap)]
  await open(() => answers.shift() ?? offersOf(cap))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was changed or charged')
  await userEvent.click(screen.getByRole('button', { name: /Check again/ }))
  expect(await screen.findByRole('button', { name: /Set limit to €150.00/ })).toBeTruthy()
})

test('who may not decide about money is not shown it', async () => {
  await open(offersOf(cap), done, capped({}, { mayPay: false, member: { id: 'u_sam', role: 'member' } }))
  await screen.findByRole('heading', { name: 'The spending limit is reached' })
  expect(screen.queryByRole('button', { name: /Set limit/ })).toBeNull()
})
