import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test.each(['express', 'fastify', 'hono', 'next'])('an app on %s is connected by at most ten lines', (framework) => {
  const source = readFileSync(new URL(`${framework}.ts`, import.meta.url), 'utf8')
  const added = [...source.matchAll(/\/\/ fix402\n([\s\S]*?)\/\/ fix402 end\n/g)].map((block) => block[1] ?? '')
  const lines = added
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '')
  expect(added).toHaveLength(2)
  expect(lines.length).toBeLessThanOrEqual(10)
  // Nothing else of it is hidden outside of the marked blocks.
  expect(added.reduce((rest, block) => rest.replace(block, ''), source)).not.toMatch(/#sdk|billing\./)
  expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(60)
})
