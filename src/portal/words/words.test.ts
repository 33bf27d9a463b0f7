import { expect, test } from 'vitest'
import { languageOf } from './words.ts'

test('the first of the browser’s languages that is written is spoken, English otherwise', () => {
  expect(languageOf(['xx', 'en-GB', 'de'])).toBe('en')
  expect(languageOf(['xx-YY'])).toBe('en')
  expect(languageOf([])).toBe('en')
})
