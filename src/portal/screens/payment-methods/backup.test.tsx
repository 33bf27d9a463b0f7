// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { BackupCharge } from '#contract/backup.ts'
import { noon, visa } from '#diagnosis/samples.ts'
import { openOverview, overviewOf } from '#portal/screens/overview/overview-stage.ts'
import { problem } from '#portal/stage.tsx'
import { amex, openMethods, pageOf, saved } from './methods-stage.ts'

const agreed = 'POST /api/payment-methods/backup'
const withdrawn = 'POST /api/payment-methods/backup/withdraw'
const spare = saved({ method: amex, isDefault: false, plans: [], backs: true })
const page = pageOf({ methods: [saved(), spare] })
const backed = pageOf({ methods: [saved(), spare], backup: { method: amex.id, given: noon, by: 'Anna' } })
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

test('a backup is agreed to in plain words: what is charged, when, how often, and how it ends', async () => {
  const { said } = await openMethods(page, { [agreed]: [200, { kind: 'agreed' }] })
  await press(/^Use as backup: American Express/)
  const dialog = within(screen.getByRole('dialog'))
  const text = screen.getByRole('dialog').textContent?.replaceAll(/\s/g, ' ')
  for (const words of [
    'If an automatic charge to Visa •• 4242 is declined, Northwind charges American Express •• 0005 instead',
    'the same amount, and at most once for each invoice',
    'what is open today is left alone',
    'You can take this back here at any time',
  ])
    expect(text).toContain(words)
  expect(said.some(({ path }) => path.endsWith('/backup'))).toBe(false)
  await userEvent.click(dialog.getByRole('button', { name: /^I agree/ }))
  await screen.findByText(/is the backup now/)
  expect(said.find(({ path }) => path.endsWith('/backup'))?.body).toEqual({ method: amex.id, covers: [visa.id] })
})

test.each([true, false])(
  'that credits do not use the backup is said where they top up by themselves: %s',
  async (recharges) => {
    await openMethods(pageOf({ methods: [saved({ recharges }), spare] }))
    await press(/^Use as backup: American Express/)
    const text = screen.getByRole('dialog').textContent ?? ''
    expect(text.includes('Credits that top up by themselves never use it')).toBe(recharges)
  },
)

test('only what can be a backup is offered as one', async () => {
  await openMethods(page)
  expect(screen.getAllByRole('button', { name: /^Use as backup/ })).toHaveLength(1)
})

test('who reads but may not pay sees the backup, and changes nothing', async () => {
  await openMethods({ ...backed, mayPay: false })
  expect(screen.getByText('Backup')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /backup/i })).toBeNull()
})

test('it is said who agreed to it and when, and one click takes it back', async () => {
  const { said } = await openMethods(backed, { [withdrawn]: [200, null] })
  expect(document.body.textContent).toContain('Anna agreed to it on')
  await press(/^Stop using it as backup: American Express/)
  await screen.findByText('There is no backup any more')
  expect(said.some(({ path }) => path.endsWith('/withdraw'))).toBe(true)
})

test('what could not be taken back is not called so', async () => {
  await openMethods(backed, { [withdrawn]: problem(503, 'stripe-unreachable') })
  await press(/^Stop using it as backup/)
  expect((await screen.findByRole('alert')).textContent).toContain('That did not work')
  expect(screen.queryByText('There is no backup any more')).toBeNull()
})

test('where something else is charged by now nothing is agreed', async () => {
  await openMethods(page, { [agreed]: [200, { kind: 'stale' }] })
  await press(/^Use as backup/)
  await press(/^I agree/)
  expect((await screen.findByRole('alert')).textContent).toContain('This has changed meanwhile')
})

test('who removes the backup, or makes it the default, is told that it is over with it', async () => {
  await openMethods({ ...backed, methods: [saved(), { ...spare, removal: 'free' }] })
  await press(/^Remove American/)
  expect(screen.getByRole('dialog').textContent).toContain('nothing is charged in its place')
  await press('Cancel')
  await press(/^Make default: American/)
  expect(screen.getByRole('dialog').textContent).toContain('there is no backup any more')
})

const charge: BackupCharge = {
  invoice: 'in_october',
  number: 'A-0001',
  amount: { amount: 49_00, currency: 'eur' },
  failed: visa,
  backup: amex,
  state: 'paid',
  at: noon,
}
const open = {
  id: 'in_october',
  due: noon,
  period: { start: noon, end: noon + 86_400 },
  state: 'overdue',
} as const

test.each([
  ['paid', /Charged to your backup, American.*because Visa.*was declined/],
  ['processing', /Being charged to your backup, American.*Do not pay it again/],
  ['checking', /We are checking a charge to your backup, American.*Do not pay it again until we know/],
  ['declined', /Your backup, American.*could not be charged either.*No money was taken/],
] as const)('the overview says of a backup that is %s what was charged, and why', async (state, words) => {
  await openOverview(overviewOf({ backup: { ...charge, state }, openInvoices: [open] }))
  const link = await screen.findByRole('link', { name: 'See the invoice' })
  expect(link.getAttribute('href')).toBe('/invoices/in_october')
  const text = document.body.textContent ?? ''
  expect([words.test(text), text.includes('invoice A-0001')]).toEqual([true, true])
})

test('a backup that failed is not told of once the invoice is paid', async () => {
  await openOverview(overviewOf({ backup: { ...charge, state: 'declined' } }))
  await screen.findByRole('heading', { level: 1 })
  expect(screen.queryByText(/backup/)).toBeNull()
})
