import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { expect, test, type TestInfo } from '@playwright/test'
import { desk, openDesk, type DeskAnswer } from './desk.ts'

type Row = {
  readonly id: string
  readonly day: number
  readonly seq: number
  readonly session: string
  readonly deed: string
  readonly subject: string | null
}

/** Who is signed in is no reading of anybody's data, and a view is one look, written down where it begins. */
const unwritten = /^(GET|POST) \/api\/desk\/(session|session\/end|as\/.*)$/

test('every read and every act at the desk during the journeys has exactly one row in the audit', async ({
  page,
}, info) => {
  const path = process.env.E2E_DESK_LOOKS ?? ''
  const answers = existsSync(path) ? linesOf<DeskAnswer>(readFileSync(path, 'utf8')) : []
  test.skip(answers.length === 0, 'no journey came to the desk')
  await openDesk(page, 'admin')
  const response = await page.context().request.get(`${desk}/api/desk/audit/export`)
  const own = response.headers()['x-desk-look']
  const rows = linesOf<Row>(await response.text()).filter(({ id }) => id !== own)

  const served = answers.filter(
    ({ request, status }) => status !== undefined && status < 300 && !unwritten.test(request),
  )
  const written = new Set(rows.map(({ id }) => id))
  // What was answered stands in the audit: as a row of its own, or under the row with which its page was opened.
  expect(served.filter(({ wrote, under }) => !written.has(wrote ?? under ?? ''))).toEqual([])
  expect(served.length).toBeGreaterThan(0)

  // No two answers have one row, and no row is without an answer, but for those whose page was closed before it came.
  const wrote = answers.flatMap((answer) => (answer.wrote === undefined ? [] : [answer.wrote]))
  expect(new Set(wrote).size).toBe(wrote.length)
  const begun = answers.filter(({ status }) => status === undefined).length
  const unanswered = begun - (answers.length - begun)
  // A file that is taken away is no answer to a page: browsers do not show it.
  const toPages = rows.filter(({ deed, subject }) => !(deed === 'read-audit' && subject === 'export'))
  const seen = toPages.filter(({ id }) => wrote.includes(id))
  // Of what a page asks for in the instant in which it is closed, not even the asking may be heard.
  const isLast = (row: Row) => !seen.some((other) => other.session === row.session && isAfter(other, row))
  const unseen = toPages.filter((row) => !wrote.includes(row.id) && !isLast(row))
  expect(unseen.length, JSON.stringify(unseen)).toBeLessThanOrEqual(unanswered)
  info.annotations.push({ type: 'audit', description: `answers ${served.length}, rows ${rows.length}` })

  expect(verified(await response.text(), info)).toBe(`rows ${rows.length + 1}, broken 0`)
})

const isAfter = (one: Row, other: Row) => one.day > other.day || (one.day === other.day && one.seq > other.seq)

function linesOf<T>(text: string): readonly T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

/** What `npm run audit:verify` says of the export. */
function verified(text: string, info: TestInfo): string {
  const file = info.outputPath('audit.ndjson')
  writeFileSync(file, text)
  return execFileSync(process.execPath, ['src/server/audit-verify.ts', file], { encoding: 'utf8' }).trim()
}
