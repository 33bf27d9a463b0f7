import { afterAll, beforeAll, expect, test } from 'vitest'
import { reasonFacts, reasons } from '#diagnosis/reason.ts'
import { failureCodes } from './errors.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal('http://127.0.0.1:1')
})
afterAll(() => portal?.close())

const slugs = [...reasons.map((reason) => reasonFacts[reason].slug), ...failureCodes]

test.each(slugs)('/problems/%s can be read by people without script, and by programs', async (slug) => {
  const page = await portal.ask('GET', `/problems/${slug}`)
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/^text\/html; charset=utf-8$/i),
  ])
  expect(page.text).not.toMatch(/<script|style="|undefined|\[object/)
  expect(page.text.match(/<h1/g)).toHaveLength(1)
  const type = `https://billing.example.com/problems/${slug}`
  expect(page.text).toContain(`&quot;type&quot;: &quot;${type}&quot;`)
  const short = await portal.ask('GET', `/problems/${slug}`, { headers: { accept: 'application/json' } })
  expect([short.headers.get('content-type'), short.headers.get('vary')]).toEqual(['application/json', 'Accept'])
  expect(short.body).toMatchObject({
    type: `${portal.config.origin}/problems/${slug}`,
    title: expect.any(String),
    status: expect.any(Number),
    meaning: expect.any(String),
    remedy: expect.any(String),
  })
})

test('a page for a refusal says who can fix it and when a program may try again', async () => {
  const { text } = await portal.ask('GET', '/problems/invoice-overdue')
  expect(text).toContain('An owner or billing admin of the account.')
  expect(text).toContain('Do not repeat the request before it is fixed.')
  expect((await portal.ask('GET', '/problems/rate-limited')).text).toContain('Repeat it after <code>Retry-After</code>')
})

test('every problem that this portal sends has its page, and another has none', async () => {
  const failed = [
    await portal.ask('POST', '/v1/checks', { body: {} }),
    await portal.asApp('POST', '/v1/checks', {}),
    await portal.asApp('GET', '/v1/accounts/nobody'),
    await portal.ask('GET', '/api/visit'),
  ]
  for (const { body } of failed) {
    const { type, title } = body as { type: string; title: string }
    expect((await portal.ask('GET', new URL(type).pathname)).text).toContain(`<h1>${title}</h1>`)
  }
  expect((await portal.ask('GET', '/problems/made-up')).body).toMatchObject({ status: 404, code: 'not-found' })
  expect((await portal.ask('GET', '/problems/<script>')).status).toBe(404)
})

test('the index names all of them, and each link leads to its page', async () => {
  const { text } = await portal.ask('GET', '/problems')
  const linked = [...text.matchAll(/href="\/problems\/([\w-]+)"/g)].map(([, slug]) => slug)
  expect(linked.map(String).toSorted()).toEqual([...slugs].toSorted())
})

test('the API can be read without script: every operation for apps, its fields and a request to copy', async () => {
  const { status, text } = await portal.ask('GET', '/docs')
  expect([status, /<script|style="|undefined|\[object/.test(text)]).toEqual([200, false])
  const { paths } = (await portal.ask('GET', '/openapi.json')).body as { paths: Record<string, object> }
  for (const [path, methods] of Object.entries(paths).filter(([path]) => path.startsWith('/v1/'))) {
    for (const method of Object.keys(methods)) expect(text).toContain(`<code>${method.toUpperCase()} ${path}</code>`)
  }
  expect(text).toContain('<code>account</code> <span>string, required</span>')
  expect(text).toContain('<code>short_url</code>')
  expect(text).toContain(`curl -X POST ${portal.config.origin}/v1/checks`)
  const links = [...text.matchAll(/href="(\/[^"#]*)"/g)].map(([, path = '']) => path)
  for (const path of new Set(links.filter((path) => path !== '/' && !path.endsWith('.svg'))))
    expect([path, (await portal.ask('GET', path)).status]).toEqual([path, 200])
})

test('the one stylesheet comes from the portal itself and pulls in nothing', async () => {
  const { headers, text } = await portal.ask('GET', '/handbook.css')
  expect(headers.get('content-type')).toBe('text/css; charset=utf-8')
  expect(text).not.toMatch(/url\(|@import/)
})
