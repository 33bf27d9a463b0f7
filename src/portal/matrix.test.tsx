// @vitest-environment jsdom
import { reasons } from '#diagnosis/reason.ts'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { asHeadline, mustAsk } from './ask-admin.tsx'
import { conditions, hints, roles, visitFor, type ConditionName, type Hint, type Role } from './matrix.ts'
import { paths } from './paths.ts'
import { blockStripe, setStripe } from './payments/stripe-stage.ts'
import { openPortal } from './stage.tsx'
import { en } from './words/en.ts'

/** Milliseconds after which nothing more will come: the network of these pages answers at once. */
const PATIENCE = 5_000

let cells = 0
const deadEnds: string[] = []

// React tells the console of every error that a boundary has caught; here they are the point.
beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})
afterAll(() => {
  process.stdout.write(`cells ${cells}, dead ends ${deadEnds.length}\n`)
})

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[]

describe.each(reasons)('%s', (reason) => {
  describe.each(keysOf<Role>(roles))('as %s', (role) => {
    test.each(keysOf<ConditionName>(conditions))(
      '%s: the right screen and a way on, whatever the address says',
      async (condition) => {
        const found: string[] = []
        for (const hint of keysOf<Hint>(hints)) {
          cells += 1
          found.push(...(await deadEndIn({ reason, role, hint, condition })))
        }
        deadEnds.push(...found)
        expect(found).toEqual([])
      },
    )
  })
})

type Cell = {
  readonly reason: (typeof reasons)[number]
  readonly role: Role
  readonly hint: Hint
  readonly condition: ConditionName
}

/** What is wrong with this cell; nothing where there is the right screen and at least one working way on. */
async function deadEndIn({ reason, role, hint, condition: name }: Cell): Promise<readonly string[]> {
  const arrival = role === 'guest' ? { at: paths.pay } : hints[hint](reason)
  const visit = visitFor(reason, role, arrival)
  const condition = conditions[name]
  if ('blocksStripe' in condition) blockStripe()
  else setStripe()
  if ('isSilent' in condition) vi.useFakeTimers({ shouldAdvanceTime: true })
  const { router } = await openPortal({ at: arrival.at, network: condition.network(visit, arrival) })
  const path = condition.path(visit)
  const asks = (name === 'normal' || name === 'Stripe.js blocked') && mustAsk(visit)

  const wrong = (): string | undefined => {
    const { pathname } = router.state.location
    const headline = screen.queryByRole('heading', { level: 1 })?.textContent ?? ''
    if (path !== undefined && pathname !== path) return `at ${pathname}, not at ${path}`
    if (asks && headline !== asHeadline(en[`cause.${reason}`])) return `says ${headline}`
    if (headline === '' || (headline === en['frame.loading'] && !('isSilent' in condition))) return 'says nothing'
    return waysOn().length === 0 ? `no way on from ${headline}` : undefined
  }
  // The screen's code may come meanwhile and begin its own wait.
  for (let waits = 0; waits < 10 && 'isSilent' in condition && wrong() !== undefined; waits += 1)
    await vi.advanceTimersByTimeAsync(11_000)
  try {
    await waitFor(
      () => {
        if ('blocksStripe' in condition)
          for (const script of document.querySelectorAll('script')) fireEvent.error(script)
        const found = wrong()
        if (found !== undefined) throw new Error(found)
      },
      { timeout: PATIENCE },
    )
    return []
  } catch {
    return [`${reason}, ${hint}, ${role}, ${name}: ${wrong() ?? 'too late'}`]
  }
}

/** Links that lead somewhere and controls that can be pressed; reading on the spot or copying a code leads nowhere. */
function waysOn(): readonly HTMLElement[] {
  const main = within(screen.getByRole('main'))
  const links = main
    .queryAllByRole('link')
    .filter((link) => /^(https?:|mailto:|\/)/.test(link.getAttribute('href') ?? ''))
  const buttons = main
    .queryAllByRole('button')
    .filter((button) => !button.hasAttribute('disabled') && button.getAttribute('aria-disabled') !== 'true')
    .filter((button) => !/copy/i.test(button.textContent))
  return [...links, ...buttons]
}
