// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { DeskNote } from '#contract/desk-acts.ts'
import { actsOf, DAY, doneWith, noon, openActs, refusedWith } from './acts-stage.tsx'

const user = userEvent.setup()

async function open(deed: string) {
  await user.click(await screen.findByRole('button', { name: deed }))
  return within(await screen.findByRole('dialog'))
}
type Dialog = Awaited<ReturnType<typeof open>>
/** Its name holds what it says while it is busy, too. */
const button = (dialog: Dialog, name: string) => dialog.getByRole('button', { name: new RegExp(`^${name}`) })
const why = (dialog: Dialog, reason = 'They pay on Friday') => user.type(dialog.getByLabelText('Reason'), reason)

test('more time names the account and the day, says what happens, and sends the end of that day with the reason', async () => {
  const until = noon + 7 * DAY + DAY / 2 - 1
  const { said } = await openActs({
    told: [doneWith({ deed: 'extend-grace', until, access: true, live: true })],
  })
  const dialog = await open('Give more time')
  expect(dialog.getByText('Acme GmbH, in Maps API')).toBeTruthy()
  expect(dialog.getByText(/Acme GmbH is served again at once/)).toBeTruthy()
  expect(dialog.getByText(/The customer can read this on their privacy page/)).toBeTruthy()
  expect((dialog.getByLabelText('Until the end of') as HTMLInputElement).value).toBe('2026-11-29')
  await why(dialog)
  await user.click(button(dialog, 'Give this time'))
  expect(await dialog.findByText(/They have until the end of Sunday 29 November/)).toBeTruthy()
  expect(said).toMatchObject([
    {
      path: '/api/desk/accounts/app_maps/acme/grace',
      body: { until, reason: 'They pay on Friday' },
      key: expect.stringMatching(/^[\w-]{16,64}$/),
    },
  ])
})

test('who still has the merchant’s own time reads until when that is', async () => {
  await openActs({ acts: actsOf({ grace: { possible: true, ends: noon + 3 * DAY, latest: noon + 14 * DAY } }) })
  const dialog = await open('Give more time')
  expect(dialog.getByText(/instead of until Wednesday 25 November/)).toBeTruthy()
})

test('on the last day that can be given, what is left of it is asked for', async () => {
  const { said } = await openActs({ told: ['silent'] })
  const dialog = await open('Give more time')
  fireEvent.change(dialog.getByLabelText('Until the end of'), { target: { value: '2026-12-06' } })
  await why(dialog)
  await user.click(button(dialog, 'Give this time'))
  expect(said).toMatchObject([{ body: { until: noon + 14 * DAY } }])
})

test('without a reason nothing is sent, and what is refused stands at its field', async () => {
  const { said } = await openActs({ told: [refusedWith('until', 'too-late')] })
  const dialog = await open('Give more time')
  await user.click(button(dialog, 'Give this time'))
  expect(dialog.getByText('Say why, in three letters at least.')).toBeTruthy()
  expect(said).toEqual([])
  await why(dialog)
  await user.click(button(dialog, 'Give this time'))
  const field = await dialog.findByLabelText('Until the end of')
  await dialog.findByText('No later than Sunday 6 December.')
  expect(field.getAttribute('aria-invalid')).toBe('true')
})

test('a press after a lost answer is the same attempt', async () => {
  const { said } = await openActs({ told: ['lost', doneWith({ deed: 'goodwill', state: 'given' })] })
  const dialog = await open('Give credit')
  await user.type(dialog.getByLabelText('How many credits'), '250')
  await why(dialog)
  await user.click(button(dialog, 'Give 250 credits'))
  await dialog.findByText(/it is done once at most/)
  await user.click(button(dialog, 'Give 250 credits'))
  await dialog.findByText('It is given.')
  expect(said.map(({ key }) => key)).toEqual([said[0]?.key, said[0]?.key])
  expect(said.at(-1)?.body).toEqual({ gift: { kind: 'credits', credits: 250 }, reason: 'They pay on Friday' })
})

test('a double click sends once', async () => {
  const { said } = await openActs({ told: ['silent'] })
  const dialog = await open('Put on hold')
  await why(dialog)
  await user.dblClick(button(dialog, 'Put on hold'))
  expect(said).toHaveLength(1)
})

test('money is typed in its own unit, stays within what is left, and an unknown end is not called failed', async () => {
  const { said } = await openActs({ told: [doneWith({ deed: 'goodwill', state: 'unknown' })] })
  const dialog = await open('Give credit')
  await user.click(dialog.getByLabelText('Money off their next invoices'))
  expect(dialog.getByText('€30.00 of €50.00 are left for this account within 30 days.')).toBeTruthy()
  await user.type(dialog.getByLabelText('Amount in EUR'), '19.5')
  await why(dialog)
  await user.click(button(dialog, 'Give €19.50'))
  expect(await dialog.findByText(/not known whether it was given/)).toBeTruthy()
  expect(said).toMatchObject([{ body: { gift: { kind: 'money', amount: 19_50, currency: 'eur' } } }])
})

test.each(['0', '-5', '1.234', 'ten', ''])('“%s” is no amount', async (typed) => {
  const { said } = await openActs({ told: ['silent'] })
  const dialog = await open('Give credit')
  await user.click(dialog.getByLabelText('Money off their next invoices'))
  fireEvent.change(dialog.getByLabelText('Amount in EUR'), { target: { value: typed } })
  await why(dialog)
  await user.click(button(dialog, 'Give'))
  expect(dialog.getByText('Enter a number above zero.')).toBeTruthy()
  expect(said).toEqual([])
})

test('reading anew shows what is otherwise, in sentences', async () => {
  const done = {
    deed: 're-read',
    access: true,
    live: true,
    since: noon - 600,
    changes: [
      { what: 'access', before: false, after: true },
      { what: 'subscription', plan: 'Team', before: 'past_due', after: 'active' },
      { what: 'invoice', invoice: 'ACME-0007', before: { amount: 49_00, currency: 'eur' } },
    ],
  } as const
  await openActs({ told: [doneWith(done)] })
  const dialog = await open('Read anew from Stripe')
  await why(dialog, 'A webhook was lost')
  await user.click(button(dialog, 'Read now'))
  expect(await dialog.findByText('They are served; before, they were refused.')).toBeTruthy()
  expect(dialog.getByText('Team: past_due → active')).toBeTruthy()
  expect(dialog.getByText('Invoice ACME-0007 of €49.00 is not open any more')).toBeTruthy()
})

test('whom to sign out is chosen by name, and what follows is said', async () => {
  const { said } = await openActs({ told: [doneWith({ deed: 'revoke-sessions', sessions: 2, links: 0 })] })
  const dialog = await open('Sign people out')
  expect(dialog.getByText(/Payment links that still open are revoked too/)).toBeTruthy()
  await user.click(dialog.getByLabelText(/Sam/))
  expect(dialog.queryByText(/Payment links that still open/)).toBeNull()
  await why(dialog)
  await user.click(button(dialog, 'Sign out'))
  expect(await dialog.findByText('2 sessions are over.')).toBeTruthy()
  expect(said).toMatchObject([{ body: { who: { kind: 'member', member: 'u_sam' } } }])
})

const note: DeskNote = {
  id: `not_${'a'.repeat(22)}`,
  about: { kind: 'reason', reason: 'card_declined' },
  text: 'Their bank is looking into it.',
  staff: 'Robin',
  at: noon - DAY,
}

test('notes stand with who and when; one is written anew in its place, and nobody takes it for what customers read', async () => {
  const { said } = await openActs({
    acts: actsOf({ notes: [note] }),
    told: [doneWith({ deed: 'note', id: `not_${'b'.repeat(22)}` })],
  })
  expect(await screen.findByText('Their bank is looking into it.')).toBeTruthy()
  expect(screen.getByText(/card_declined · Robin, 21 Nov, 12:00 UTC/)).toBeTruthy()
  const dialog = await open('Write anew')
  expect(dialog.getByText(/not what it says/)).toBeTruthy()
  const text = dialog.getByLabelText('Note')
  await user.clear(text)
  await user.type(text, 'The bank says Monday.')
  await why(dialog)
  await user.click(button(dialog, 'Keep the note'))
  await dialog.findByText('Kept.')
  expect(said).toMatchObject([{ body: { about: note.about, text: 'The bank says Monday.', replaces: note.id } }])
})

test('a hold says that only support lifts it; beside the app’s hold, lifting says what stays', async () => {
  await openActs({
    acts: actsOf({
      hold: { staff: { since: noon - DAY, note: 'We are looking into it.' }, app: { since: noon - 2 * DAY } },
    }),
  })
  expect(
    await screen.findByText(/On hold by support since .* The customer reads: “We are looking into it.”/),
  ).toBeTruthy()
  expect(screen.getByText(/Only the app lifts it/)).toBeTruthy()
  const dialog = await open('Lift support’s hold')
  expect(dialog.getByText(/until the app lifts that, it stays refused/)).toBeTruthy()
})

test('what a role may not do, and what could do nothing now, is not offered', async () => {
  await openActs({
    acts: actsOf({ grace: { possible: false, latest: noon + DAY }, goodwill: { given: [] } }),
    rights: ['read-account', 'note', 're-read', 'extend-grace', 'goodwill'],
  })
  await screen.findByRole('button', { name: 'Write a note' })
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    'Read anew from Stripe',
    'Write a note',
  ])
})

test('the whole of an act is done by keyboard', async () => {
  const { said } = await openActs({ told: [doneWith({ deed: 'hold', held: true, access: false, live: true })] })
  const hold = await screen.findByRole('button', { name: 'Put on hold' })
  hold.focus()
  await user.keyboard('{Enter}')
  const dialog = within(await screen.findByRole('dialog'))
  dialog.getByLabelText('Reason').focus()
  await user.keyboard('Fraud review{Enter}')
  expect(await dialog.findByText(/Support holds the account. They are refused now/)).toBeTruthy()
  expect(said).toMatchObject([{ body: { reason: 'Fraud review' } }])
})
