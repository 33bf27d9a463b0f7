import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What the contract promises as a whole, and where each promise is held. Whoever renames a test moves it here as well. */
const acceptance = {
  'a foreign refusal is given its reason or none, and one that can mean several leads to no pay screen': [
    ['src/diagnosis/foreign/classify.test.ts', 'none is given a wrong name, nearly all are read'],
    ['src/diagnosis/foreign/classify.test.ts', 'two causes with an "or" between them never name one'],
  ],
  'whatever the address says, right, wrong, missing or stale, the screen is that of the live state': [
    ['src/portal/matrix.test.tsx', '%s: the right screen and a way on, whatever the address says'],
  ],
  'from the app’s link to the working form there is no click': [
    ['e2e/update-card.spec.ts', 'from the demo app’s start page: card expired, a new card, one button'],
    ['src/portal/screens/enter/enter.test.tsx', 'a fresh link leads to its screen without a click'],
  ],
  'the wrong account, the wrong role and a visitor are each told what they may know': [
    ['e2e/short-code.spec.ts', 'whoever is signed in to another account is told'],
    ['e2e/ask-admin.spec.ts', 'a member asks, the owner mends it by letter'],
    ['src/server/contract.test.ts', 'is told to a visitor without a word about the account'],
  ],
  'two blockers are one visit': [
    ['e2e/buying.spec.ts', 'an expired card and a spending limit are two numbered steps of one visit, and one charge'],
  ],
  'an app that stays denied ends within eight checks, in no cycle': [
    ['src/sdk/contract-loop.test.ts', 'an app that stays denied comes to rest, and the portal is visited once'],
    ['src/sdk/contract-loop.test.ts', 'a person who goes round by hand ends on a page each time, never in a cycle'],
  ],
  'a link that a scanner has fetched still works': [
    ['src/server/session.test.ts', 'looking at the page with GET or HEAD, as scanners do, uses nothing up'],
    ['e2e/entry.spec.ts', 'a scanner that only fetches the link uses nothing up'],
  ],
  'nobody is sent to an address that is not registered': [
    ['src/server/contract-return.test.ts', 'no hostile address is ever taken for a registered one'],
    ['src/server/contract-return.test.ts', 'through the app’s own link, a hostile address leads home and says so'],
  ],
  'a refused form never reaches the portal': [
    ['src/sdk/adapters.test.ts', 'a refused form is not posted to the portal, and not carried out by the app'],
  ],
  'machines pay where that is offered, and stop where it is not': [
    ['src/sdk/wallets.test.ts', 'who is out of credits may pay for the one request by machine, and for no other'],
    ['src/sdk/wallets.test.ts', 'a debt is not lifted by a machine: nothing is offered, nothing is signed'],
  ],
  'a page on another origin of the app reads the refusal': [
    ['e2e/spa.spec.ts', 'a page on another origin of the app reads the whole refusal'],
  ],
  'a silent Stripe, an event that never came and a portal behind its own gate are no dead end': [
    ['src/server/stripe-down.test.ts', 'when Stripe %s, a check goes by the last reading'],
    ['src/server/outbox/crash.test.ts', 'what was paid while no process ran, and what no event of Stripe’s ever told'],
    ['src/sdk/contract-loop.test.ts', 'a portal gated by itself is a page, not a redirect to itself'],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [file: string, title: string])[]>>

test.each(Object.entries(acceptance))('%s', (_, held) => {
  const missing = held.filter(([file, title]) => !readFileSync(file, 'utf8').includes(title))
  expect(missing).toEqual([])
})
