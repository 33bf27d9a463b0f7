import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'

export type Screen = {
  readonly name: string
  readonly open: (page: Page) => Promise<unknown>
  /** What lies over the page is seen as one sees it, without what the page has below. */
  readonly over?: boolean
}

const schemes = ['light', 'dark'] as const
/** CSS pixels. In between the layout changes once, so a desk and a phone are also read by axe. */
const sizes = [
  { width: 1280, height: 1000, read: true },
  { width: 768, height: 1000, read: false },
  { width: 390, height: 844, read: true },
  { width: 320, height: 640, read: false },
] as const

/** One test for each: nothing is wider than the page, axe finds nothing, the browser complains of nothing, and it is pictured. */
export function examine(screens: readonly Screen[]): void {
  for (const { name, open, over = false } of screens) {
    test(`${name} is readable, reachable and fits, by day and night, from a phone to a desk`, async ({
      page,
    }, info) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await open(page)
      await settled(page)
      for (const { width, height, read } of sizes) {
        await page.setViewportSize({ width, height })
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          await settled(page)
          await page.screenshot({ path: info.outputPath(`${name}-${width}-${colorScheme}.png`), fullPage: !over })
          if (read) expect(await faults(page)).toEqual([])
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
      // Asking who is signed in, where nobody is, is answered 401.
      expect(complaints.filter((text) => !text.includes('401'))).toEqual([])
    })
  }
}

/** What axe finds against WCAG 2.2 AA, each with the first place of it. */
export async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    // Stripe's own frame stands on a transparent ground, which axe takes for white.
    .exclude('iframe')
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

/** Everything that is on its way has come. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('[data-skeleton]')).toHaveCount(0)
  const fields = page.locator('iframe[title="Secure payment input frame"]')
  if ((await fields.count()) > 0) await expect(fields.contentFrame().getByLabel('Card number')).toBeVisible()
}
