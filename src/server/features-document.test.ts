import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const document = readFileSync('docs/features.md', 'utf8')
const cells = document
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, number = '']) => /^\d+$/.test(number))
const rows = cells.flatMap(([, number = '', capability = '', , proof = '']) => {
  const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(proof) ?? []
  return file === '' ? [] : [{ number, capability, file, title }]
})

/** Numbers from the survey of portals: what is expected there as a must or should, of accounts, routing, people, support and privacy. */
const expected = [
  [1, 10],
  [12, 17],
  [19, 54],
  [56, 57],
  [59, 63],
  [65, 68],
  [70, 78],
  [80, 80],
  [82, 82],
  [84, 92],
  [99, 109],
  [116, 118],
  [124, 128],
].flatMap(([from = 0, to = 0]) => Array.from({ length: to - from + 1 }, (_, index) => from + index))

test.each(rows)('$number, $capability: the test that is named is there', ({ file, title }) => {
  const source = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const named = [`'${title}'`, `\`${title}\``].filter((one) => source.includes(one))
  expect({ file, title, named }).toMatchObject({ named: [expect.any(String)] })
})

test('every capability is either built and proven, or said to be left out', () => {
  const told = cells.map(([, number]) => Number(number)).toSorted((a, b) => a - b)
  expect(told).toEqual(expected)
})
