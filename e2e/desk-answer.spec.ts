import { expect, test, type Page } from '@playwright/test'
import { reasonFacts, reasons, type Reason } from '#diagnosis/reason.ts'
import { usualScreens } from '#sandbox/demo/reason.ts'
import { findScenario, scenarioOf } from '#sandbox/demo/scenarios.ts'
import { desk, openDesk } from './desk.ts'
import { examine } from './looks.ts'
import { letterTo, linkOf, register } from './mailbox.ts'
import { answerAgain, portal, silence, stage, type Staged } from './scenario.ts'

const asApp = { Authorization: 'Bearer fix402_test_demo' }

/** What the customer's program was told; all that the agent is given of it is the code. */
type Told = { readonly staged: Staged; readonly code: string; readonly title: string; readonly check: string }

async function refuse(page: Page, reason: Reason): Promise<Told> {
  const name = findScenario(reason) ?? 'no-plan'
  const staged = await stage(page, name)
  const { asks, tells } = scenarioOf(name)
  const told = tells && { reason: tells.reason, retry_after: tells.seconds }
  const response = await page.request.post(`${portal}/v1/checks`, {
    headers: asApp,
    data: { account: staged.account, actor: 'anna', ...asks, ...told },
  })
  const { problem } = (await response.json()) as {
    problem: { title: string; request_id: string; fix: { code: string } }
  }
  return { staged, code: problem.fix.code, title: problem.title, check: problem.request_id }
}

/** The customer's owner, in a browser of their own: where the link leads them. */
async function follow(page: Page, { staged }: Told, url: string): Promise<void> {
  // Whoever it was before: this is somebody else.
  await page.context().clearCookies()
  const data = { account: staged.account, actor: 'anna' }
  const session = await page.request.post(`${portal}/v1/sessions`, { headers: asApp, data })
  const { url: door } = (await session.json()) as { url: string }
  await Promise.all([page.waitForResponse(/\/api\/session\/exchange$/), page.goto(door)])
  await page.goto(url)
}

/** Counts what an agent does with their hands. */
function hands(page: Page) {
  const did: string[] = []
  return {
    did,
    /** Types into whatever has the focus, and presses Enter. */
    typeAndEnter: async (text: string) => {
      did.push(`type ${text}`)
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    },
  }
}

/** The field has the focus as soon as the page is there. */
async function search(page: Page, query: string): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Find an account' })).toBeFocused()
  await page.keyboard.type(query)
  await page.keyboard.press('Enter')
}

const PARTS = 4
const partOf = (part: number) => reasons.filter((_, index) => index % PARTS === part)

for (let part = 0; part < PARTS; part++) {
  test(`given only the code, an agent reaches the cause and the right link at once: ${partOf(part).join(', ')}`, async ({
    page,
    browser,
  }) => {
    test.setTimeout(180_000)
    await openDesk(page, 'agent')
    const customer = await (await browser.newContext()).newPage()
    for (const reason of partOf(part)) {
      await test.step(reason, async () => {
        const told = await refuse(customer, reason)
        await page.goto(desk)
        await expect(page.getByRole('textbox', { name: 'Find an account' })).toBeFocused()
        const agent = hands(page)
        await agent.typeAndEnter(told.code)
        await expect(page).toHaveURL(`${desk}/accounts/app_demo/${told.staged.account}?check=${told.check}`)
        const card = page.getByRole('region', { name: 'Answer' })
        await expect(card.getByText(`Refused: ${told.title}`)).toBeVisible()
        expect(told.title).toBe(reasonFacts[reason].title)
        const link = card.getByRole('region', { name: 'The link to send' })
        const url = (await link.locator('code').textContent()) ?? ''
        expect(agent.did.length).toBeLessThanOrEqual(3)
        await follow(customer, told, url)
        const screen = scenarioOf(findScenario(reason) ?? 'no-plan').screen ?? usualScreens[reason]
        await expect(customer).toHaveURL(new RegExp(`/fix/${screen}\\?check=${told.check}`))
      })
    }
  })
}

test('the field is reached from anywhere by its keys, understands a pasted refusal, and says what it did not find', async ({
  page,
  browser,
}) => {
  const customer = await (await browser.newContext()).newPage()
  const { staged, code } = await refuse(customer, 'card_declined')
  await openDesk(page, 'agent')
  const field = page.getByRole('textbox', { name: 'Find an account' })
  await field.fill('nobody@nowhere.example')
  await field.press('Enter')
  await expect(page.getByText('Nothing found')).toBeVisible()
  await expect(page.getByText('It was looked for as an e-mail address', { exact: false })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Nothing found')).toHaveCount(0)
  await field.fill(`https://billing.example/r/${code}`)
  await field.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Acme GmbH' })).toBeFocused()
  await page.keyboard.press('/')
  await expect(field).toBeFocused()
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('Control+k')
  await expect(field).toBeFocused()
  await page.keyboard.type(staged.customer)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/accounts/app_demo/${staged.account}$`))
  // What was searched for stands in no address.
  expect(
    await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join(),
    ),
  ).not.toContain('nowhere.example')
})

test('an agent lifts one mask with a reason, and sends the exact fix to the owner, whom the letter does not sign in', async ({
  page,
  browser,
}) => {
  const customer = await (await browser.newContext()).newPage()
  const { staged, code } = await refuse(customer, 'card_expired')
  const { anna } = await register(customer, staged)
  await openDesk(page, 'agent')
  await search(page, code)
  const team = page.getByRole('region', { name: 'Who can mend it' })
  await expect(team.getByText('a•••@a•••.example').first()).toBeVisible()
  await team.getByRole('button', { name: 'Show what is behind a•••@a•••.example' }).first().click()
  await page.getByLabel('Reason').fill('Ticket 4711')
  await page.getByRole('button', { name: 'Show it' }).click()
  await expect(team.getByText(anna)).toBeVisible()
  await team.getByRole('button', { name: 'E-mail the link to A.' }).click()
  await page.getByLabel('Reason').fill('Ticket 4711')
  await page.getByRole('button', { name: 'Send the e-mail' }).click()
  await expect(page.getByRole('heading', { name: 'A letter to A. is on its way' })).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(team.getByText('written to by support', { exact: false })).toBeVisible()
  const letter = await letterTo(customer, anna)
  expect(letter.text).toContain('support sent you this link to fix')
  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(linkOf(letter))
  await expect(stranger.getByRole('heading', { name: 'Sign in to go on with Maps API' })).toBeVisible()
})

test('a viewer reads the answer and has no button to send it', async ({ page, browser }) => {
  const customer = await (await browser.newContext()).newPage()
  const { code } = await refuse(customer, 'no_payment_method')
  await openDesk(page, 'viewer')
  await search(page, code)
  await expect(page.getByRole('region', { name: 'The link to send' })).toBeVisible()
  await expect(page.getByRole('button', { name: /E-mail the link|Hand over|Show what/ })).toHaveCount(0)
})

test('while Stripe is silent the answer says so and how old it is', async ({ page, browser }) => {
  const customer = await (await browser.newContext()).newPage()
  const { staged, code } = await refuse(customer, 'card_declined')
  await openDesk(page, 'agent')
  await silence(customer, staged.customer)
  await search(page, code)
  await expect(page.getByText('Stripe does not answer', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('This is the last reading', { exact: false })).toBeVisible()
  await answerAgain(customer, staged.customer)
})

async function opened(page: Page, reason: Reason): Promise<void> {
  const { code } = await refuse(page, reason)
  await openDesk(page, 'agent')
  await search(page, code)
  await expect(page.getByRole('region', { name: 'The link to send' })).toBeVisible()
}

examine([
  { name: 'desk-home', open: (page: Page) => openDesk(page, 'agent') },
  { name: 'desk-answer-card', open: (page: Page) => opened(page, 'card_declined') },
  { name: 'desk-answer-limit', open: (page: Page) => opened(page, 'usage_limit_exceeded') },
])
