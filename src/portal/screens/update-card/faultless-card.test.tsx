// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { visa } from '#diagnosis/samples.ts'
import { generic, moneyButton, setStripe, visitThatOwes } from '#portal/payments/stripe-stage.ts'
import { check, inOrder, openPortal, visitOf } from '#portal/stage.tsx'

const at = `/fix/update-card?check=${check}`
const declined = visitThatOwes({}, generic)
const healed = visitOf(inOrder)
const pay = '/api/fixes/update-card'
const network = {
  'GET /api/visit': [200, declined],
  [`POST ${pay}/setup`]: [200, { setupIntent: 'seti_1', clientSecret: 'seti_1_secret_1' }],
  [`POST ${pay}`]: [200, { outcome: { kind: 'done' }, visit: healed }],
} as const

beforeEach(() => setStripe())

test.each([
  ['processing_error', /did not go through\. Another card will not help: try the same one again/],
  ['amount_too_small', /Nothing is wrong with Visa.*4242 and another card will not help/],
  ['tax_id_invalid', /billing details do not match.*Another card will not help/],
])('after %s, where no card is at fault, no new one is asked for and the same one can be tried', async (code, why) => {
  const faultless = visitThatOwes({ methods: [visa] }, { code, method: visa })
  const { said, router } = await openPortal({ at, network: { ...network, 'GET /api/visit': [200, faultless] } })
  const again = await screen.findByRole('button', { name: /Pay €49.00 with Visa.*4242/ })
  expect(document.body.textContent).toMatch(why)
  expect(screen.getByRole('heading', { level: 1 }).textContent).not.toMatch(/declined/)
  await userEvent.click(again)
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
  expect(said.find(({ path }) => path === pay)?.body).toMatchObject({ with: { method: 'pm_visa' } })
})

test('a new card that failed for no fault of its own is tried again without being typed again', async () => {
  const outcomes: object[] = [{ kind: 'declined', decline: 'retry', sameCardCanWork: true }, { kind: 'done' }]
  const { router } = await openPortal({
    at,
    network: {
      ...network,
      [`POST ${pay}`]: () => [200, { outcome: outcomes.shift(), visit: outcomes.length > 0 ? declined : healed }],
    },
  })
  await userEvent.click(await moneyButton(/^Pay/))
  expect((await screen.findByRole('alert')).textContent).toMatch(/No money was taken. Another card will not help/)
  await userEvent.click(await moneyButton(/^Pay/))
  await waitFor(() => expect(router.state.location.pathname).toBe('/fix/all-clear'))
})
