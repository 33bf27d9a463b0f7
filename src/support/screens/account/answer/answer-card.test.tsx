// @vitest-environment jsdom
import '#ui/test-dialog.ts'
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { reasons } from '#diagnosis/reason.ts'
import { diagnosisOf } from '#diagnosis/cast.ts'
import { noon } from '#diagnosis/samples.ts'
import { answerLine } from '#support/words/answer-line.ts'
import { answerOf, showAnswer, stolen } from './answer-stage.tsx'

const part = (name: string | RegExp) => within(screen.getByRole('region', { name }))

test('the verdict stands in the words of the refusal, and the page’s name has the focus', () => {
  showAnswer(answerOf())
  expect(screen.getByText('Refused: The last payment was declined')).toBeTruthy()
  expect(document.activeElement?.textContent).toBe('Acme GmbH')
  expect(screen.getByText(/^Read from Stripe/)).toBeTruthy()
})

test('what the bank said is shown raw and in plain words, and what must not be passed on is marked', () => {
  showAnswer(answerOf())
  const [why] = screen.getAllByText('card_declined · stolen_card')
  expect(why).toBeTruthy()
  expect(screen.getAllByText(/Do not tell the customer this code/).length).toBeGreaterThan(0)
  expect(screen.getByText(/The bank refused and gives no reason that may be passed on/)).toBeTruthy()
})

test('what is read out names nobody, and no code that must not be told', () => {
  const line = answerLine(answerOf())
  expect(line).toContain('Acme GmbH (Maps API) is refused: The last payment was declined.')
  expect(line).toContain('Update card: https://billing.test/r/7KQ2-M4XD')
  expect(line).not.toMatch(/stolen|A\. S\.|a•••/)
})

test('the refused request stands with who asked for what, and the rule and figures of that moment', () => {
  showAnswer(answerOf())
  const request = part(/^The refused request/)
  expect(request.getByText('100 × Map requests')).toBeTruthy()
  expect(request.getByText('S. M.')).toBeTruthy()
  expect(request.getByText('The same that stops it now, with the same figures.')).toBeTruthy()
  expect(request.getByText(/would still be refused/)).toBeTruthy()
})

test('what they see, who can mend it, and whether the app was told', () => {
  showAnswer(answerOf())
  expect(part('What they see now').getByText('Ask somebody who can pay')).toBeTruthy()
  expect(part('Who can mend it').getByText(/asked by a colleague .*: link opened/)).toBeTruthy()
  expect(part('What the app was told').getByText('given up, answered 500, tries: 8')).toBeTruthy()
  expect(part('What happens by itself').getByText('Grace ends, access stops · Team')).toBeTruthy()
})

test('a smaller plan that was chosen stands among what happens by itself, with its day', () => {
  const money = { amount: 9_00, currency: 'eur' } as const
  const [plan] = answerOf().subscriptions
  showAnswer(
    answerOf({
      next: [{ what: 'changes', at: noon + 10 * 86_400, of: 'Team × 5', to: 'Starter', money }],
      subscriptions: [{ ...plan!, scheduled: true }],
    }),
  )
  const next = part('What happens by itself')
  expect(next.getByText('A smaller plan begins · Team × 5 → Starter · €9.00')).toBeTruthy()
  expect(next.getByText(/^2 Dec/)).toBeTruthy()
  expect(part('Plans').getByText('a schedule at Stripe decides what comes next')).toBeTruthy()
})

test('where nothing could be read nobody is told that all is well', () => {
  const answer = answerOf({
    verdict: 'unchecked',
    blockers: [],
    stripe: { source: 'none', customer: 'present', id: 'cus_acme' },
  })
  showAnswer(answer)
  expect(screen.getByText('Could not be checked')).toBeTruthy()
  expect(screen.getByText('Stripe does not answer, and there is no older reading')).toBeTruthy()
  expect(screen.queryByText('Served')).toBeNull()
  expect(answerLine(answer)).not.toMatch(/is served|nothing stops/)
})

test('an older reading is said to be one', () => {
  showAnswer(answerOf({ stripe: { source: 'mirror', customer: 'present' }, asOf: noon - 7_200 }))
  expect(screen.getByText('Stripe does not answer')).toBeTruthy()
  expect(screen.getByText(/This is the last reading/)).toBeTruthy()
})

test('nothing wrong, a deleted customer, and none at all, each in its words', () => {
  const { refused: _, ...rest } = answerOf({ verdict: 'clear', blockers: [] })
  showAnswer({ ...rest, stripe: { source: 'live', customer: 'none' }, team: { members: [], total: 0 } })
  expect(screen.getByText('Served')).toBeTruthy()
  expect(screen.getByText('No Stripe customer yet')).toBeTruthy()
  expect(screen.getByText(/The app has named nobody/)).toBeTruthy()
  showAnswer(answerOf({ stripe: { source: 'live', customer: 'deleted', id: 'cus_acme' } }))
  expect(screen.getByText('The customer was deleted at Stripe')).toBeTruthy()
})

test('while money may be on its way nobody is to pay again', () => {
  const answer = answerOf({ pending: [{ deed: 'pay-invoice', phase: 'unknown', at: noon - 30 }] })
  showAnswer(answer)
  expect(screen.getByText('Money may be on its way: nobody should pay again')).toBeTruthy()
  expect(screen.getByText(/its outcome is not known yet/)).toBeTruthy()
  expect(answerLine(answer)).toContain('please do not pay again')
  expect(document.body.textContent).not.toMatch(/failed/)
})

test.each(reasons)('%s has its evidence, all of it, with many others beside it', (reason) => {
  const blockers = diagnosisOf(reason).blockers.map((blocker) => ({ ...stolen, blocker, charges: [] }))
  const { fix } = blockers[0]!.blocker
  showAnswer(
    answerOf({
      blockers: [...blockers, ...Array.from({ length: 29 }, () => stolen)],
      link: { url: 'https://billing.test/fix', screen: fix },
    }),
  )
  const why = screen.getByRole('region', { name: 'Why' })
  expect(within(why).getAllByRole('listitem')).toHaveLength(30)
  expect(why.textContent).not.toMatch(/undefined|NaN|\[object/)
})

test('who may not send or unmask has no button for it', () => {
  const answer = answerOf()
  const [anna, ...others] = answer.team.members
  const masked = { ...anna!, person: { ...anna!.person, name: { text: 'A. S.' } } }
  const { refused: _, ...rest } = answer
  showAnswer({ ...rest, team: { members: [masked, ...others], total: 2 } }, { rights: ['search', 'read-account'] })
  expect(screen.queryByRole('button', { name: /E-mail|Hand|Show what/ })).toBeNull()
})

test('a mask is lifted with a reason and for this page', async () => {
  const said = showAnswer(answerOf(), { told: [200, { text: 'Anna Schmidt' }] })
  await userEvent.click(part('Who can mend it').getByRole('button', { name: 'Show what is behind A. S.' }))
  await userEvent.click(screen.getByRole('button', { name: 'Show it' }))
  expect(screen.getByText(/Say why/)).toBeTruthy()
  expect(said).toEqual([])
  await userEvent.type(screen.getByLabelText('Reason'), 'Ticket 4711')
  await userEvent.click(screen.getByRole('button', { name: 'Show it' }))
  expect(await screen.findByText('Anna Schmidt')).toBeTruthy()
  expect(said).toEqual([
    { path: '/api/desk/accounts/app_maps/acme/unmask', body: { field: 'member:u_anna:name', reason: 'Ticket 4711' } },
  ])
})

test('the link goes to one person, about the refused request, with a reason; a refusal is said', async () => {
  const refusedBy = { type: '/problems/stale-link', title: 'x', status: 410, code: 'stale-link', request_id: 'req_1' }
  const said = showAnswer(answerOf(), { told: [410, refusedBy] })
  await userEvent.click(screen.getByRole('button', { name: 'E-mail the link to A. S.' }))
  await userEvent.type(screen.getByLabelText('Reason'), 'Ticket 4711')
  await userEvent.click(screen.getByRole('button', { name: 'Send the e-mail' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing is wrong any more')
  expect(said[0]?.body).toEqual({
    member: 'u_anna',
    check: 'chk_0123456789abcdefghijkl',
    by: 'letter',
    reason: 'Ticket 4711',
  })
})

test('what was refused by something else than what stops it now keeps its own figures', () => {
  const [blocker] = diagnosisOf('usage_limit_exceeded').blockers
  const rule = {
    blockers: [{ ...stolen, blocker: blocker!, title: 'Then', charges: [] }],
    asOf: noon - 61,
    live: false,
  }
  showAnswer(answerOf({ refused: { ...answerOf().refused!, rule } }))
  const request = part(/^The refused request/)
  expect(request.getByText('Then')).toBeTruthy()
  expect(request.getByText(/on an older reading/)).toBeTruthy()
})

test('of many accounts that may be the same people’s, the first three stand there and the others one press away', async () => {
  const duplicates = Array.from({ length: 5 }, (_, index) => ({
    app: { id: 'app_maps', name: 'Maps API' },
    account: { id: `acct_${index}`, label: `Branch ${index}` },
    shares: 'email' as const,
  }))
  showAnswer(answerOf({ duplicates }))
  const same = part('Perhaps the same people')
  // This browser shows what stands in a closed <details> as well.
  const shown = same.getAllByRole('link').filter((link) => !link.closest('details:not([open])'))
  expect(shown.map(({ textContent }) => textContent)).toEqual(['Branch 0', 'Branch 1', 'Branch 2'])
  await userEvent.click(same.getByText('2 more'))
  expect(same.getByRole('link', { name: 'Branch 4' }).getAttribute('href')).toBe('/accounts/app_maps/acct_4')
})

test('a single blocker is told once, above, and has its figures below', () => {
  const { blockers } = answerOf()
  showAnswer(answerOf())
  expect(blockers).toHaveLength(1)
  expect(screen.getAllByText(blockers[0]!.sentence)).toHaveLength(1)
  expect(part('Why').getByText('Who can mend it')).toBeTruthy()
})
