// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { problem } from '#portal/stage.tsx'
import { openUsage, usageOf } from './usage-stage.ts'

test('an alert is set in percent, in units or for credits, and all of them are sent together', async () => {
  const before = { kind: 'percent', meter: 'requests', value: 80 } as const
  const usage = usageOf({ alerts: [{ alert: before, reached: true }], credits: { balance: 5, lots: [], drawn: [] } })
  const { said } = await openUsage(usage, { 'PUT /api/usage/alerts': [200, usage] })
  expect(await screen.findByText('80% of Map requests')).toBeTruthy()
  expect(screen.getByText('Reached this period')).toBeTruthy()
  await userEvent.selectOptions(screen.getByLabelText('Write to us about'), 'Credits, when fewer are left than')
  await userEvent.clear(screen.getByLabelText('At'))
  await userEvent.type(screen.getByLabelText('At'), '0')
  await userEvent.click(screen.getByRole('button', { name: /^Add alert/ }))
  expect(screen.getByText('A number above zero.')).toBeTruthy()
  await userEvent.type(screen.getByLabelText('At'), '{Backspace}1,000')
  await userEvent.click(screen.getByRole('button', { name: /^Add alert/ }))
  const [sent, ...more] = said.filter(({ method }) => method === 'PUT')
  expect(more).toEqual([])
  expect(sent?.body).toEqual({ alerts: [before, { kind: 'below', value: 1_000 }] })
})

test('alerts that are not saved say so, and who may not pay sees who can set them', async () => {
  const alerts = [{ alert: { kind: 'units', meter: 'requests', value: 9_000 }, reached: false }] as const
  await openUsage(usageOf({ alerts }), { 'PUT /api/usage/alerts': problem(500, 'internal') })
  await userEvent.click(await screen.findByRole('button', { name: 'Remove: Map requests: 9,000 requests' }))
  await screen.findByText('The alerts were not saved')
  const payers = [{ id: 'u_anna', name: 'Anna', role: 'owner', reachable: true }] as const
  await openUsage(usageOf({ alerts, mayPay: false, payers }))
  expect((await screen.findByText(/can change these/)).textContent).toBe('Anna can change these.')
  expect(screen.queryByRole('button', { name: /^Remove/ })).toBeNull()
  expect(screen.queryByRole('button', { name: /^Add alert/ })).toBeNull()
})

test('a payer stops the letters for themselves, and has them again', async () => {
  const { said } = await openUsage(usageOf({ letters: 'on' }), {
    'PUT /api/usage/letters': [200, usageOf({ letters: 'off' })],
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Stop them for me' }))
  await screen.findByRole('button', { name: 'Send them to me again' })
  expect(said.at(-1)?.body).toEqual({ on: false })
})

const units = (value: number) => ({ alert: { kind: 'units', meter: 'requests', value }, reached: false }) as const
const two = usageOf({ alerts: [units(8_000), units(9_000)] })
const remove = async (figure: string) =>
  userEvent.click(await screen.findByRole('button', { name: `Remove: Map requests: ${figure} requests` }))

test('an alert that is removed is said to be gone, and the focus is there', async () => {
  await openUsage(two, { 'PUT /api/usage/alerts': [200, usageOf({ alerts: [units(9_000)] })] })
  await remove('8,000')
  const told = await screen.findByText('Removed: Map requests: 8,000 requests')
  expect(document.activeElement?.contains(told)).toBe(true)
})

test('while one alert is being removed another press waits, so that none comes back', async () => {
  const { said } = await openUsage(two, { 'PUT /api/usage/alerts': 'silent' })
  await remove('8,000')
  await remove('9,000')
  expect(said.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([
    { alerts: [units(9_000).alert] },
  ])
})

test('letters that could not be stopped are not said to be', async () => {
  await openUsage(usageOf({ letters: 'on' }), { 'PUT /api/usage/letters': problem(500, 'internal') })
  await userEvent.click(await screen.findByRole('button', { name: 'Stop them for me' }))
  await screen.findByText('That was not saved')
  expect(screen.getByText('You get these letters.')).toBeTruthy()
})
