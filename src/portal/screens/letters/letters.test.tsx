// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { openPortal, problem } from '#portal/stage.tsx'

const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

test('the link of a letter stops nothing by itself; a click does, and another one takes it back', async () => {
  const { said } = await openPortal({
    at: '/letters?stop=abc.def',
    network: { 'POST /api/letters/stop': [200, {}] },
  })
  await heading('Stop letters about usage?')
  expect(said).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: /^Stop these letters/ }))
  await heading('You get no more letters about usage')
  await userEvent.click(screen.getByRole('button', { name: /^Send them again/ }))
  await screen.findByText('They come again')
  expect(said.map(({ body }) => body)).toEqual([
    { token: 'abc.def', on: false },
    { token: 'abc.def', on: true },
  ])
})

test('a link that is cut off says what to do', async () => {
  await openPortal({ at: '/letters?stop=abc', network: { 'POST /api/letters/stop': problem(404, 'not-found') } })
  await userEvent.click(await screen.findByRole('button', { name: /^Stop these letters/ }))
  expect(await screen.findByText('That did not work')).toBeTruthy()
})
