import type { DeskAnswer } from '#contract/desk-answer.ts'
import { deeds, type StaffDeed, type StaffSession } from '#contract/staff.ts'
import { noon, visa } from '#diagnosis/samples.ts'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render } from '@testing-library/react'
import { createMemoryRouter, Outlet, RouterProvider } from 'react-router-dom'
import { afterEach } from 'vitest'
import { AnswerCard } from './answer-card.tsx'

const DAY = 86_400
const check = 'chk_0123456789abcdefghijkl'
afterEach(cleanup)

const debt = {
  total: { amount: 49_00, currency: 'eur' },
  invoices: [
    {
      id: 'in_october',
      number: 'ACME-0007',
      remaining: { amount: 49_00, currency: 'eur' },
      due: noon - 20 * DAY,
      period: { start: noon - 20 * DAY, end: noon + 10 * DAY },
      plan: 'Team',
    },
  ],
}

/** A card that was reported stolen: a code that nobody may be told. */
export const stolen: DeskAnswer['blockers'][number] = {
  blocker: {
    reason: 'card_declined',
    fix: 'update-card',
    who: 'billing_admin',
    since: noon - 20 * DAY,
    decline: 'bank',
    sameCardCanWork: false,
    debt,
    method: visa,
  },
  title: 'The last payment was declined',
  sentence: 'Invoice ACME-0007 (€49.00) has been open since 3 September 2026: the bank declined the card.',
  charges: [
    {
      invoice: 'in_october',
      number: 'ACME-0007',
      remaining: { amount: 49_00, currency: 'eur' },
      due: noon - 20 * DAY,
      state: 'requires_payment_method',
      error: {
        code: 'card_declined',
        declineCode: 'stolen_card',
        secret: true,
        group: 'bank',
        act: 'call-bank',
        sameCardCanWork: false,
        method: visa,
      },
    },
  ],
}

/** An account that is refused because its card was; says only what differs. */
export function answerOf(differs: Partial<DeskAnswer> = {}): DeskAnswer {
  return {
    now: noon,
    app: { id: 'app_maps', name: 'Maps API' },
    account: { id: 'acme', label: 'Acme GmbH' },
    stripe: { source: 'live', customer: 'present', id: 'cus_acme', method: visa },
    verdict: 'blocked',
    asOf: noon,
    blockers: [stolen],
    warnings: [],
    pending: [],
    refused: {
      check,
      at: noon - 60,
      pinned: true,
      actor: { id: 'u_sam', role: 'member', name: { text: 'S. M.', field: 'member:u_sam:name' } },
      visitor: false,
      meter: { id: 'requests', name: 'Map requests', unit: 'requests' },
      quantity: 100,
      refused: true,
      reason: 'card_declined',
      title: 'The last payment was declined',
      reasons: ['card_declined'],
      rule: { blockers: [{ ...stolen, charges: [] }], asOf: noon - 61, live: true },
      now: 'refused',
    },
    sees: [
      { as: 'owner', screen: 'update-card', path: `/fix/update-card?check=${check}` },
      { as: 'refused', screen: 'ask-admin', path: `/fix/update-card?check=${check}` },
    ],
    team: {
      members: [
        {
          person: {
            id: 'u_anna',
            role: 'owner',
            name: { text: 'A. S.', field: 'member:u_anna:name' },
            email: { text: 'a•••@a•••.example' },
          },
          canFix: true,
          reachable: true,
          asked: { at: noon - 3_600, by: 'colleague', state: 'opened' },
        },
        { person: { id: 'u_sam', role: 'member', name: { text: 'S. M.' } }, canFix: false, reachable: false },
      ],
      total: 2,
    },
    told: {
      webhook: true,
      known: { allowed: false, reasons: ['card_declined'], asOf: noon - 120 },
      events: [
        {
          id: 'evt_0123456789abcdefghijkl',
          type: 'access.changed',
          at: noon - 120,
          state: 'dead',
          tries: 8,
          status: 500,
        },
      ],
    },
    next: [{ what: 'grace-ends', at: noon + DAY, of: 'Team' }],
    subscriptions: [
      {
        id: 'sub_team',
        plan: 'Team',
        status: 'past_due',
        standing: 'stopped',
        quantity: 1,
        periodEnd: noon + 10 * DAY,
      },
    ],
    duplicates: [],
    link: { url: 'https://billing.test/r/7KQ2-M4XD', screen: 'update-card', code: '7KQ2-M4XD', expires: noon + DAY },
    ...differs,
  }
}

type Said = { readonly path: string; readonly body: unknown }

/** The card alone, at its address, with a network that answers `told` to every act. */
export function showAnswer(
  answer: DeskAnswer,
  { rights = deeds, told = [200, {}] }: { rights?: readonly StaffDeed[]; told?: readonly [number, unknown] } = {},
): Said[] {
  const said: Said[] = []
  globalThis.fetch = (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, 'https://desk.test')
    said.push({ path: pathname, body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined })
    return Promise.resolve(Response.json(told[1], { status: told[0] }))
  }
  const session = { rights } as StaffSession
  const router = createMemoryRouter(
    [
      {
        element: <Outlet context={session} />,
        children: [{ path: '/accounts/:app/:account', element: <AnswerCard answer={answer} /> }],
      },
    ],
    { initialEntries: ['/accounts/app_maps/acme'] },
  )
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return said
}
