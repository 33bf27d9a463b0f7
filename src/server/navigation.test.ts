import { expect, test } from 'vitest'
import { isNavigation as isNavigationForApps } from '#sdk/navigation.ts'
import { isNavigation } from './navigation.ts'

test('gateway and SDK agree on what a navigation is', () => {
  const values = {
    accept: [undefined, 'text/html', 'application/json, TEXT/HTML;q=0.9', '*/*'],
    'sec-fetch-mode': [undefined, 'navigate', 'cors'],
    'sec-fetch-dest': [undefined, 'document', 'iframe'],
    'sec-purpose': [undefined, 'prefetch;prerender'],
    'x-requested-with': [undefined, 'XMLHttpRequest'],
  }
  let all: Record<string, string>[] = [{}]
  for (const [name, choices] of Object.entries(values)) {
    all = all.flatMap((headers) =>
      choices.map((value) => (value === undefined ? headers : { ...headers, [name]: value })),
    )
  }
  expect(all.length).toBe(144)
  for (const headers of all) {
    const asked = new Request('https://maps.example/', { headers })
    expect([headers, isNavigation(asked.headers)]).toEqual([headers, isNavigationForApps(asked)])
  }
})
