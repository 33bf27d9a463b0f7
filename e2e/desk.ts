import { appendFileSync } from 'node:fs'
import type { BrowserContext, Page, Request } from '@playwright/test'
import type { StaffRole } from '#contract/staff.ts'

const port = Number(process.env.E2E_PORT ?? 4120)
export const desk = `http://localhost:${port + 8}`

/** The sandbox's support staff, by what they may do. */
export const staff = {
  viewer: 'Vera Lindqvist',
  agent: 'Adil Rahman',
  operator: 'Olga Petrova',
  admin: 'Amara Diallo',
} as const satisfies Record<StaffRole, string>

/** Signs somebody of this role in at the desk, over its identity provider, and opens the page at `path`. */
export async function openDesk(page: Page, role: StaffRole, path = '/'): Promise<void> {
  watch(page.context())
  await page.goto(desk + path)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: staff[role] }).click()
  await page.waitForURL(desk + path)
}

/** One request to the desk's API, as it begins and once more as it is answered; those names are rows of the audit. */
export type DeskAnswer = {
  readonly request: string
  /** Nothing, where it begins: whether a page that is closed hears of an answer, nobody knows. */
  readonly status?: number
  /** Of the row that this request wrote. */
  readonly wrote?: string
  /** Of the row under which it read on. */
  readonly under?: string
}

const watched = new WeakSet<BrowserContext>()
const looks = process.env.E2E_DESK_LOOKS

/** Writes down every answer of the desk's API, for desk-audit.spec.ts to compare with the audit when all is done. */
function watch(context: BrowserContext): void {
  if (looks === undefined || watched.has(context)) return
  watched.add(context)
  const note = (answer: DeskAnswer) => appendFileSync(looks, `${JSON.stringify(answer)}\n`)
  const isDesk = (request: Request) => request.url().startsWith(`${desk}/api/desk/`)
  const nameOf = (request: Request) => `${request.method()} ${new URL(request.url()).pathname}`
  context.on('request', (request) => {
    if (isDesk(request)) note({ request: nameOf(request) })
  })
  context.on('response', (response) => {
    const request = response.request()
    if (!isDesk(request)) return
    const wrote = response.headers()['x-desk-look']
    const under = request.headers()['x-desk-look']
    note({
      request: nameOf(request),
      status: response.status(),
      ...(wrote !== undefined && { wrote }),
      ...(under !== undefined && { under }),
    })
  })
}
