import type { Blocker } from '#diagnosis/diagnosis.ts'
import { accountThatOwes, noon } from '#diagnosis/samples.ts'
import { diagnose } from '#diagnosis/diagnose.ts'
import { fixes, reasonFacts } from '#diagnosis/reason.ts'
import { matchRoutes } from 'react-router-dom'
import { expect, test } from 'vitest'
import { createQueryClient } from './query-client.ts'
import { checkIn, fixPath, isNeeded, place } from './paths.ts'
import { routes } from './router.tsx'
import { check, inOrder, visitOf } from './stage.tsx'

const frozen: Blocker = { reason: 'account_frozen', fix: 'contact-support', who: 'vendor', cause: 'hold' }

test.each(fixes)('the remedy %s leads to a page that exists', (fix) => {
  const found = matchRoutes(routes(createQueryClient()), fixPath(fix, check))
  expect(found?.at(-1)?.route.lazy).toBeDefined()
})

test('what live state says first is where a person goes, whatever the app reported', () => {
  const owes = diagnose(accountThatOwes(), {}, { graceDays: 7 }, noon)
  expect(place(visitOf(owes, { check: { id: check, reported: 'card_expired', returns: 0 } }))).toBe(
    `/fix/pay-invoice?check=${check}`,
  )
})

test('when nothing blocks a person is let out', () => {
  expect(place(visitOf(inOrder))).toBe(`/fix/all-clear?check=${check}`)
})

test('a person sent back twice for the same thing is no longer returned automatically', () => {
  expect(place(visitOf(inOrder, { check: { id: check, reported: 'invoice_overdue', returns: 2 } }))).toBe(
    `/fix/app-not-updated?check=${check}`,
  )
})

test('an account that could not be read is never called clear', () => {
  expect(place(visitOf({ ...inOrder, verdict: 'unchecked', live: false }))).toBe(`/fix/diagnosis?check=${check}`)
})

test('what only the merchant can mend leads to the merchant', () => {
  expect(place(visitOf({ ...inOrder, verdict: 'blocked', access: false, blockers: [frozen] }))).toBe(
    `/fix/contact-support?check=${check}`,
  )
})

test('a warning still needs its remedy although nothing blocks yet', () => {
  const warned = { ...inOrder, warnings: [{ reason: 'card_expired', fix: reasonFacts.card_expired.fix }] } as const
  expect(isNeeded(visitOf(warned), 'update-card')).toBe(true)
  expect(isNeeded(visitOf(inOrder), 'update-card')).toBe(false)
})

test('an address that names no proper check names none', () => {
  expect(checkIn(`?check=${check}`)).toBe(check)
  expect(checkIn('?check=chk_<script>')).toBeUndefined()
})
