import { stripVTControlCharacters } from 'node:util'
import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { qrLines } from './qr.ts'
import { surroundingsOf } from './surroundings.ts'

const link = 'https://billing.example.com/r/7KQ2-M4XD'
/** With the four light modules around it that ISO/IEC 18004 asks for. */
const { data, size } = encode(link, { border: 4 })

/** Reads half blocks back into modules, two rows to a line: what is drawn is dark, or with `light` what is not. */
function modulesOf(lines: readonly string[], light = false): boolean[][] {
  const rows = lines.flatMap((line) => {
    const cells = stripVTControlCharacters(line).split('')
    return [cells.map((cell) => '█▀'.includes(cell) !== light), cells.map((cell) => '█▄'.includes(cell) !== light)]
  })
  return rows.slice(0, size)
}

test('the QR code is the link, dark on light by its own colours in a dark and in a light terminal', () => {
  const lines = qrLines(link, { columns: 80, colour: true }) ?? []
  expect(modulesOf(lines)).toEqual(data)
  for (const line of lines) expect(JSON.stringify(line)).toMatch(/^"\\u001b\[38;5;16;48;5;231m[ ▀▄█]+\\u001b\[0m"$/)
})

test('without colours it is drawn in what shines, and nothing else is written', () => {
  const lines = qrLines(link, { columns: 80, colour: false }) ?? []
  expect(modulesOf(lines, true)).toEqual(data)
  expect(lines.join('')).toMatch(/^[ ▀▄█]+$/)
})

test('a terminal that is too narrow gets none', () => {
  expect(qrLines(link, { columns: size, colour: true })).toHaveLength(Math.ceil(size / 2))
  expect(qrLines(link, { columns: size - 1, colour: true })).toBeUndefined()
})

test.each([
  ['a terminal', {}, { isTTY: true, columns: 100 }, { log: 'none', columns: 100, colour: true }],
  ['a terminal without colours', { NO_COLOR: '1' }, { isTTY: true, columns: 100 }, { columns: 100, colour: false }],
  ['a dumb terminal', { TERM: 'dumb' }, { isTTY: true, columns: 100 }, { columns: undefined, colour: false }],
  ['a pipe', {}, {}, { log: 'none', columns: undefined, colour: false }],
  [
    'a build that lends a terminal',
    { CI: 'true' },
    { isTTY: true, columns: 100 },
    { log: 'other-ci', columns: undefined },
  ],
  ['GitHub, which is a build too', { CI: 'true', GITHUB_ACTIONS: 'true' }, {}, { log: 'github' }],
  ['no build', { CI: 'false' }, {}, { log: 'none' }],
] as const)('it knows %s', (_, env, out, expected) => {
  expect(surroundingsOf(env, out)).toMatchObject(expected)
})
