// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { takeTicket } from './ticket.ts'

test('a ticket leaves the address bar the moment it is read', () => {
  window.history.replaceState(null, '', '/fix?x=1#t=abc.def-ghi_j')
  expect(takeTicket(window.location, window.history)).toBe('abc.def-ghi_j')
  expect(window.location.href).toBe(new URL('/fix?x=1', window.location.origin).href)
  expect(takeTicket(window.location, window.history)).toBeUndefined()
})

test('another fragment is left alone', () => {
  window.history.replaceState(null, '', '/fix#top')
  expect(takeTicket(window.location, window.history)).toBeUndefined()
  expect(window.location.hash).toBe('#top')
})
