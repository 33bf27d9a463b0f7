import { createRoute, z } from '@hono/zod-openapi'
import { accepts } from 'hono/accepts'
import type { Hands } from '#server/context.ts'
import type { ApiDescription } from '#server/describe-api.ts'
import { ApiError } from '#server/errors.ts'
import { docsPage } from '#server/handbook/docs-page.ts'
import { describeTopic, findTopic, problemIndex, problemPage } from '#server/handbook/problem-pages.ts'
import { stylesheet } from '#server/handbook/stylesheet.ts'
import { createRouter, fails, problems } from '#server/openapi.ts'

const html = { 'text/html': { schema: z.string() } }

const index = createRoute({
  method: 'get',
  path: '/problems',
  summary: 'Every problem this portal can name',
  responses: { 200: { description: 'For people.', content: html }, ...problems },
})
const problem = createRoute({
  method: 'get',
  path: '/problems/{slug}',
  summary: 'What a problem means, who can mend it and what a program should do',
  request: { params: z.object({ slug: z.string() }) },
  responses: {
    200: {
      description: 'A page for people, or with `Accept: application/json` the same in a few members.',
      content: { ...html, 'application/json': { schema: z.record(z.string(), z.unknown()) } },
    },
    ...fails('not-found'),
  },
})
const docs = createRoute({
  method: 'get',
  path: '/docs',
  summary: 'This description, for reading',
  responses: { 200: { description: 'For people.', content: html }, ...problems },
})
const style = createRoute({
  method: 'get',
  path: '/handbook.css',
  summary: 'How these pages look',
  responses: { 200: { description: 'One stylesheet.', content: { 'text/css': { schema: z.string() } } }, ...problems },
})

/** Pages to read, the same for everybody: what problems mean, and how the API is used. */
export function handbookRoutes({ config }: Pick<Hands, 'config'>, description: () => ApiDescription) {
  const { name } = config.merchant
  const read = { 'Cache-Control': 'public, max-age=3600' }
  return createRouter()
    .openapi(index, async (c) => c.html(await problemIndex(name), 200, read))
    .openapi(problem, async (c) => {
      const topic = findTopic(c.req.valid('param').slug)
      if (!topic) throw new ApiError('not-found')
      const supports = ['text/html', 'application/json']
      const type = accepts(c, { header: 'Accept', supports, default: 'text/html' })
      const headers = { ...read, Vary: 'Accept' }
      if (type === 'application/json') return c.json(describeTopic(topic, config.origin), 200, headers)
      return c.html(await problemPage(topic, name), 200, headers)
    })
    .openapi(docs, async (c) => c.html(await docsPage(description(), name), 200, read))
    .openapi(style, (c) => c.body(stylesheet, 200, { ...read, 'Content-Type': 'text/css; charset=utf-8' }))
}
