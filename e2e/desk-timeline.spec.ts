import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { openDesk } from './desk.ts'
import { cards, expectServed, hitTheWall, payButton, stage, typeCard } from './scenario.ts'

const timelineOf = (page: Page) => page.getByRole('region', { name: 'Timeline' })
const newsOf = (timeline: Locator) => timeline.getByRole('button', { name: /^\d+ new$/ })

/** Presses for what is new until such a row stands there: what happens at once may come in several pieces. */
async function readNewsUntil(timeline: Locator, name: RegExp): Promise<void> {
  const news = newsOf(timeline)
  await expect
    .poll(async () => {
      // It goes when what is new has been read meanwhile.
      if (await news.isVisible()) await news.click({ timeout: 2_000 }).catch(() => undefined)
      return timeline.getByRole('button', { name }).count()
    })
    .toBeGreaterThan(0)
}

test('the desk’s open timeline shows a customer’s refusal, visit and fix as they happen, and moves nothing by itself', async ({
  page,
  browser,
}) => {
  test.slow()
  const staged = await stage(page, 'card-declined')
  const desk = await (await browser.newContext()).newPage()
  await openDesk(desk, 'operator', `/accounts/app_demo/${staged.account}`)
  const timeline = timelineOf(desk)
  await expect(timeline.getByRole('button', { name: /invoice\.payment_failed/ }).first()).toBeVisible()
  const before = await timeline.getByRole('listitem').count()

  await hitTheWall(page, 'update-card')
  const news = newsOf(timeline)
  await expect(news).toBeVisible()
  expect(await timeline.getByRole('listitem').count()).toBe(before)
  await readNewsUntil(timeline, /Refused: card declined/)
  await readNewsUntil(timeline, /was at \/fix\/update-card/)

  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expect(news).toBeVisible()
  await readNewsUntil(timeline, /update card worked/)
  await expect(timeline.getByRole('button', { name: /update card worked/ })).toHaveCount(1)

  // By the keyboard alone: to the newest row, on to the fix, and into it.
  await timeline.getByRole('button', { name: /^Fixes/ }).click()
  await expect(desk).toHaveURL(/kinds=fixes/)
  await expect(timeline.getByRole('button', { name: /Refused: card declined/ })).toHaveCount(0)
  // What was there before is gone as soon as the shorter list is asked for; keys have rows to move on once it is there.
  await expect(timeline.getByRole('button', { name: /update card worked/ })).toBeVisible()
  await desk.keyboard.press('j')
  await desk.keyboard.press('Enter')
  await expect(timeline.getByText('Visa •• 4242').last()).toBeVisible()
  await timeline.getByRole('link', { name: /^chk_/ }).click()
  await expect(desk).toHaveURL(/kinds=fixes&check=chk_/)
  expect((await new AxeBuilder({ page: desk }).include('section[aria-label="Timeline"]').analyze()).violations).toEqual(
    [],
  )
})
