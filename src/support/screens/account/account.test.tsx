// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { DeskNote } from '#contract/desk-acts.ts'
import { diagnosisOf } from '#diagnosis/cast.ts'
import { Account } from './account.tsx'
import { actsOf, DAY, doneWith, noon, openActs } from './acts/acts-stage.tsx'
import { answerOf, stolen } from './answer/answer-stage.tsx'

const user = userEvent.setup()
const [limit] = diagnosisOf('usage_limit_exceeded').blockers
const answer = answerOf({ blockers: [stolen, { ...stolen, blocker: limit!, title: 'Used up', charges: [] }] })

function noteOn(about: DeskNote['about'], text: string, differs: Partial<DeskNote> = {}): DeskNote {
  const id = `not_${text.replaceAll(/\W/g, '').padEnd(22, '0').slice(0, 22)}`
  return { id, about, text, staff: 'Robin', at: noon - DAY, ...differs }
}
const notes = [
  noteOn({ kind: 'reason', reason: 'card_declined' }, 'On the card.'),
  noteOn({ kind: 'invoice', invoice: 'in_october' }, 'On October.'),
  noteOn({ kind: 'reason', reason: 'usage_limit_exceeded' }, 'On the limit.'),
  noteOn({ kind: 'reason', reason: 'trial_ended' }, 'On what is over.'),
  noteOn({ kind: 'invoice', invoice: 'in_paid' }, 'On what is paid.'),
  noteOn({ kind: 'reason', reason: 'card_declined' }, 'An old one.', { closed: { staff: 'Kim', at: noon } }),
]

const texts = (element: HTMLElement) => notes.flatMap(({ text }) => (element.textContent?.includes(text) ? [text] : []))

test('each note stands once: with the blocker that it is about, or below where that is over', async () => {
  await openActs({ acts: actsOf({ notes }), page: <Account answer={answer} /> })
  const why = within(await screen.findByRole('region', { name: 'Why' }))
  await why.findByText('On the card.')
  const [card, used] = [stolen.title, 'Used up'].map((title) => why.getByText(title, { exact: false }).closest('li'))
  expect(texts(card!)).toEqual(['On the card.', 'On October.'])
  expect(texts(used!)).toEqual(['On the limit.'])
  const general = screen.getByRole('heading', { name: /^Notes/ }).parentElement!
  expect(texts(general)).toEqual(['On what is over.', 'On what is paid.', 'An old one.'])
  for (const { text } of notes) expect(screen.getAllByText(text)).toHaveLength(1)
})

test('a note begun at a blocker is about it, also where only the refused request meets that blocker', async () => {
  const { said } = await openActs({
    told: [doneWith({ deed: 'note', id: `not_${'b'.repeat(22)}` })],
    page: <Account answer={answer} />,
  })
  await user.click(await screen.findByRole('button', { name: 'Write a note on this: Used up' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByLabelText('Note'), 'They wait for the first.')
  await user.type(dialog.getByLabelText('Reason'), 'They called')
  await user.click(dialog.getByRole('button', { name: /^Keep the note/ }))
  await dialog.findByText('Kept.')
  expect(said).toMatchObject([
    {
      path: '/api/desk/accounts/app_maps/acme/notes',
      body: { about: { kind: 'reason', reason: 'usage_limit_exceeded' } },
    },
  ])
})

test('who may not write reads them, and has no button', async () => {
  await openActs({ acts: actsOf({ notes }), rights: ['read-account'], page: <Account answer={answer} /> })
  await screen.findByText('On the card.')
  expect(screen.queryByRole('button', { name: /Write|Close/ })).toBeNull()
})
