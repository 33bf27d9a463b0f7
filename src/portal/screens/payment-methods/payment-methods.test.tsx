// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { expiredVisa, noon } from '#diagnosis/samples.ts'
import { inOrder, problem, visitOf } from '#portal/stage.tsx'
import { amex, done, openMethods, pageOf, saved, second, team } from './methods-stage.ts'

const rowOf = (face: RegExp) => {
  const row = screen
    .getAllByText(face)
    .map((text) => text.closest('li'))
    .find((item) => item !== null)
  if (!row) throw new Error('not in a list')
  return within(row)
}
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

test('each says what is charged to it, when, and that it is the default', async () => {
  await openMethods(pageOf())
  const row = rowOf(/^Visa/)
  expect(row.getByText('Default')).toBeTruthy()
  expect(row.getByText('Team')).toBeTruthy()
  expect(row.getByText('€49.00 on Dec 3')).toBeTruthy()
})

test('what has expired, ends soon, is closed by its bank or pays at this moment says so in words', async () => {
  await openMethods(
    pageOf({
      methods: [
        saved({ method: expiredVisa, expiry: 'over', usable: false }),
        saved({ method: { ...amex, expMonth: 12, expYear: 2026 }, expiry: 'soon', isDefault: false }),
        saved({
          method: { id: 'pm_bank', kind: 'us_bank_account', last4: '6789' },
          bank: 'First Bank',
          usable: false,
          isDefault: false,
          plans: [],
        }),
        saved({
          method: { id: 'pm_sepa', kind: 'sepa_debit', last4: '3201' },
          isDefault: false,
          paying: { amount: 49_00, currency: 'eur' },
          removal: 'in-flight',
        }),
      ],
    }),
  )
  expect(screen.getByText('Expired in September 2026')).toBeTruthy()
  expect(screen.getByText('Expires at the end of December 2026')).toBeTruthy()
  const closed = rowOf(/^Bank account/)
  expect([closed.getByText('Closed to debits by the bank'), closed.getByText(/^First Bank/)]).toHaveLength(2)
  expect(closed.queryByRole('button', { name: /Make default/ })).toBeNull()
  expect(rowOf(/^SEPA/).getByText(/€49.00 is on its way/)).toBeTruthy()
})

test('a wallet is named, and one that came later is called by its own word', async () => {
  await openMethods(
    pageOf({
      methods: [saved({ wallet: 'apple_pay' }), saved({ method: amex, isDefault: false, wallet: 'new_pay' })],
    }),
  )
  expect(screen.getByText(/^From Apple Pay/)).toBeTruthy()
  expect(screen.getByText(/^From new pay/)).toBeTruthy()
})

test('another default says which plans follow it, and moves those with their own only where that is ticked', async () => {
  const { said } = await openMethods(
    pageOf({ methods: [saved(), saved({ method: { ...amex, id: 'pm_spare' }, isDefault: false, plans: [] }), second] }),
    { 'POST /api/payment-methods/assign': done },
  )
  await userEvent.click(screen.getAllByRole('button', { name: /Make default/ })[1]!)
  await userEvent.click(screen.getByRole('checkbox', { name: /Move Traffic add-on as well/ }))
  await press(/^Make it the default/)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(said.find(({ method }) => method === 'POST')?.body).toEqual({
    with: { method: 'pm_spare' },
    isDefault: true,
    plans: ['sub_addon'],
  })
  expect(screen.getByText(/is charged by default now/)).toBeTruthy()
})

test('taking away names plan, sum and day and who is charged instead; once is enough, under one key', async () => {
  const { said } = await openMethods(pageOf(), { 'POST /api/payment-methods/remove': done })
  await press(/^Remove Visa/)
  expect(within(screen.getByRole('dialog')).getByText('€49.00 on Dec 3')).toBeTruthy()
  await press(/Remove it and charge American Express/)
  await screen.findByText(/is removed/)
  const sent = said.filter(({ method }) => method === 'POST')
  expect(sent.map(({ body }) => body)).toEqual([{ method: 'pm_visa', plans: ['sub_team'], instead: 'pm_amex' }])
  expect(sent[0]?.headers.get('idempotency-key')).toMatch(/^[\w-]{16,64}$/)
})

test('taking away waits for a proof of who it is, and goes on by itself', async () => {
  let tries = 0
  const { said } = await openMethods(pageOf(), {
    'POST /api/payment-methods/remove': () => (tries++ === 0 ? problem(403, 'step-up-needed') : done),
    'POST /api/step-up': [200, { kind: 'sent', to: 'k•••@acme.test', expires: noon + 600 }],
    'POST /api/step-up/confirm': [200, { kind: 'proved' }],
  })
  await press(/^Remove Visa/)
  await press(/Remove it and charge/)
  await userEvent.type(await screen.findByLabelText('Code from the e-mail'), '123456')
  await screen.findByText(/is removed/)
  const keys = said
    .filter(({ path }) => path === '/api/payment-methods/remove')
    .map(({ headers }) => headers.get('idempotency-key'))
  expect([keys.length, new Set(keys).size]).toEqual([2, 1])
})

test('the last one that is needed offers to add another first, or to cancel the plan, and no removal', async () => {
  await openMethods(pageOf({ methods: [saved({ removal: 'add-first' })] }))
  await press(/^Remove Visa/)
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.getByRole('link', { name: 'Add another first' }).getAttribute('href')).toBe(
    '/payment-methods/add?instead=pm_visa',
  )
  expect(dialog.getByRole('link', { name: 'Cancel the plan instead' }).getAttribute('href')).toBe('/plan')
  expect(dialog.queryByRole('button', { name: /Remove/ })).toBeNull()
})

test('while a payment is on its way, taking away is explained and not offered', async () => {
  const paying = { amount: 49_00, currency: 'eur' }
  await openMethods(pageOf({ methods: [saved({ removal: 'in-flight', paying }), second] }))
  await press(/^Remove Visa/)
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.getByText(/€49.00 from it is on its way/)).toBeTruthy()
  expect(dialog.queryByRole('button', { name: /Remove/ })).toBeNull()
})

const refusals = [
  ['changed meanwhile', [200, { outcome: { kind: 'stale' }, visit: visitOf(inOrder) }], 'This has changed meanwhile'],
  ['busy', problem(409, 'in-progress'), 'Something else is being done just now'],
  ['broken', problem(500, 'internal'), 'That did not work'],
  ['no longer allowed', problem(403, 'not-allowed'), 'Your role does not allow this any more'],
  ['lost', 'lost', 'The connection broke'],
] as const

test.each(refusals)('%s: it says what happened, and the dialog stays for another try', async (_, answer, words) => {
  await openMethods(pageOf(), { 'POST /api/payment-methods/remove': answer })
  await press(/^Remove Visa/)
  await press(/Remove it and charge/)
  expect(await screen.findByText(words)).toBeTruthy()
  expect(screen.getByRole('button', { name: /Remove it and charge/ })).toBeTruthy()
})

test('who may not see them is told who can, and sees no card', async () => {
  const payers = [
    { id: 'u_anna', name: 'Anna', role: 'owner', reachable: true },
    { id: 'u_jo', name: 'Jo', role: 'billing_admin', reachable: true },
  ] as const
  await openMethods(pageOf({ shown: false, mayPay: false, methods: [], payers }))
  expect(screen.getByText('Anna and Jo')).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Add a payment method' })).toBeNull()
  expect(document.body.textContent).not.toContain('Nothing is saved yet')
})

test('who may see and not change them has no deeds', async () => {
  await openMethods(pageOf({ mayPay: false }))
  expect(rowOf(/^Visa/).getByText('Team')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Remove|Make default/ })).toBeNull()
})

test('an older reading says of when it is and allows no changes; no reading at all draws nothing', async () => {
  await openMethods(pageOf({ source: 'mirror' }))
  expect(screen.getByText(/Stripe does not answer/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Remove|Make default/ })).toBeNull()
  expect(screen.queryByRole('link', { name: 'Add a payment method' })).toBeNull()
  await openMethods(pageOf({ source: 'none', methods: [] }))
  expect(screen.getByRole('heading', { level: 1, name: 'We could not read your payment methods' })).toBeTruthy()
  expect(document.body.textContent).not.toContain('Nothing is saved yet')
})

test('nothing saved: what will stand here, and which plan finds nothing on which day', async () => {
  await openMethods(pageOf({ methods: [], uncovered: [team] }))
  expect(screen.getByText(/Nothing is saved yet/)).toBeTruthy()
  expect(screen.getByText(/There is nothing to charge for/).textContent).toContain('Team')
  expect(screen.getByText(/Next: €49.00 on Dec 3/)).toBeTruthy()
})

test('a bank account that cannot pay the plans says in which currency it pays, and is not offered as the default', async () => {
  const euros = { ...team, currency: 'eur' }
  const dollars = { id: 'pm_bank', kind: 'us_bank_account', last4: '6789' }
  await openMethods(
    pageOf({
      methods: [
        saved({ plans: [euros] }),
        saved({ method: amex, isDefault: false, plans: [] }),
        saved({ method: dollars, isDefault: false, plans: [] }),
      ],
    }),
  )
  const row = rowOf(/^Bank account/)
  expect(row.getByText('Pays in USD only')).toBeTruthy()
  expect(row.getByText('Cannot be the default: it does not pay in EUR')).toBeTruthy()
  expect(row.queryByRole('button', { name: /Make default/ })).toBeNull()
  await press(/^Remove Visa/)
  const heir = screen.getByRole<HTMLInputElement>('radio', { name: /Bank account.*Pays in USD only/ })
  expect([heir.disabled, screen.getByRole<HTMLInputElement>('radio', { name: /American/ }).checked]).toEqual([
    true,
    true,
  ])
})
