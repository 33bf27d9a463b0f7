// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import { noon } from '#diagnosis/samples.ts'
import { check, inOrder, openPortal, problem, visitOf } from '#portal/stage.tsx'

const at = `/fix/wait?check=${check}`

function limited(evidence: object, now = noon) {
  const blocker = { reason: 'rate_limited', fix: 'wait', who: 'nobody', ...evidence } as Blocker
  return visitOf({ ...inOrder, verdict: 'blocked', access: false, blockers: [blocker] }, { now })
}

const minute = limited({ until: noon + 60, limit: 100, seconds: 60 })
const free = visitOf(inOrder)

// The device's clock is years away from the server's: it may only count.
beforeEach(() => vi.useFakeTimers({ now: 0, shouldAdvanceTime: true }))
afterEach(() => {
  vi.useRealTimers()
  Reflect.deleteProperty(document, 'visibilityState')
})

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1_000))
const asked = (said: readonly { path: string }[]) => said.filter(({ path }) => path.startsWith('/api/visit')).length

/** Blocked at first, and as the test says from the moment it opens the gate. */
async function openGate(first: object) {
  const gate: { answer: readonly [number, unknown] } = { answer: [200, first] }
  const opened = await openPortal({ at, network: { 'GET /api/visit': () => gate.answer, 'POST /api/return': 'lost' } })
  await screen.findByRole('heading', { name: 'Too many requests in a short time' })
  return { ...opened, gate }
}

test('the time left is counted by the server’s clock, whatever the device believes', async () => {
  await openGate(minute)
  expect(screen.getByRole('timer', { name: 'Time left' }).textContent).toMatch(/^(1:00|0:5\d)$/)
  await pass(20)
  expect(screen.getByRole('timer').textContent).toMatch(/^0:(40|3\d)$/)
})

test('nothing is sold and nothing has to be paid', async () => {
  await openGate(minute)
  expect(document.body.textContent).toMatch(/Your plan allows 100 requests in 1\sminute/)
  expect(document.body.textContent).toContain('nothing has to be paid')
  expect(document.body.textContent).not.toMatch(/upgrade|buy|€|\$/i)
  expect(screen.queryAllByRole('button')).toEqual([])
})

test('when the time is up one look is taken, and the person goes on by themselves', async () => {
  const { said, gate, router } = await openGate(minute)
  await pass(55)
  expect(asked(said)).toBe(1)
  gate.answer = [200, free]
  await pass(8)
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(await screen.findByRole('heading', { name: 'The wait is over' })).toBeTruthy()
  expect(asked(said)).toBeLessThanOrEqual(3)
})

test('a tab in the background goes on all the same', async () => {
  const { gate, router } = await openGate(minute)
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
  gate.answer = [200, free]
  await pass(63)
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
})

test('where nobody knows the end it is looked at ever more seldom', async () => {
  const { said, gate, router } = await openGate(limited({}))
  expect(screen.getByText(/do not know exactly how long/)).toBeTruthy()
  await pass(300)
  expect(asked(said)).toBeLessThan(18)
  gate.answer = [200, free]
  await pass(31)
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
})

test('a limit that goes on is counted again instead of being asked about again and again', async () => {
  const { said, gate } = await openGate(minute)
  gate.answer = [200, limited({ until: noon + 120, limit: 100, seconds: 60 }, noon + 61)]
  await pass(63)
  expect(screen.getByRole('timer').textContent).toMatch(/^0:5\d$/)
  expect(asked(said)).toBe(2)
})

test('a look that fails is said, tried again by itself, and can be taken by hand', async () => {
  const { gate, router } = await openGate(minute)
  gate.answer = problem(503, 'stripe-unreachable')
  await pass(66)
  expect(screen.getByText('We could not look just now')).toBeTruthy()
  expect(screen.getByRole('button', { name: /Check again/ })).toBeTruthy()
  gate.answer = [200, free]
  await pass(31)
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
})

test('a session that ended meanwhile leads back to the app', async () => {
  const { gate } = await openGate(minute)
  gate.answer = problem(401, 'no-session')
  await pass(66)
  expect(screen.getByRole('heading', { name: 'You are signed out' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Back to Maps API' }).getAttribute('href')).toBe('https://maps.test/')
})

test('the ear is told in a few steps and not every second', async () => {
  await openGate(minute)
  const ear = () => screen.getByText(/^Less than/).textContent
  expect(ear()).toMatch(/^Less than 1\sminute left$/)
  await pass(15)
  expect(ear()).toMatch(/^Less than 1\sminute left$/)
  await pass(20)
  expect(ear()).toMatch(/^Less than 30\sseconds left$/)
})
