import type { CheckAnswer } from '#contract/check.ts'
import type { Refusal } from '#contract/problem.ts'
import type { AccessRequest } from '#diagnosis/account.ts'
import { cast, diagnosisOf, merchantPolicy } from '#diagnosis/cast.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Reason } from '#diagnosis/reason.ts'
import { noon } from '#diagnosis/samples.ts'
import { exampleOrigin } from '#server/openapi.ts'
import { refusalFor } from '#server/refusal.ts'

const exampleCheck = 'chk_3f0f6a3cJ9kQ2mXr8Lw5Tz'
const exampleAccount = { id: 'acct_81', label: 'Acme GmbH' }
const DAY = 86_400

/** A refusal for this reason as the portal really makes it, of an account that is nobody's. */
function exampleAnswer(reason: Reason): CheckAnswer {
  const { request = {} }: { account: unknown; request?: AccessRequest } = cast[reason]
  const { feature, meter, quantity } = request
  const refusal = refusalFor({
    config: { origin: exampleOrigin, policy: merchantPolicy },
    record: {
      app: 'app_12',
      account: exampleAccount.id,
      label: exampleAccount.label,
      members: [],
      customer: undefined,
    },
    check: {
      app: 'app_12',
      account: exampleAccount.id,
      id: exampleCheck,
      reported: reason,
      refused: true,
      reasons: [reason],
      created: noon,
      returns: 0,
      ...compact({ feature, meter, quantity }),
    },
    diagnosis: diagnosisOf(reason),
    reader: 'owner',
    code: '7KQ2-M4XD',
    expires: noon + DAY,
    remaining: undefined,
  })
  return { allowed: false, ...refusal, cache: { max_age: 2 } }
}

export function exampleRefusal(reason: Reason): Refusal {
  const answer = exampleAnswer(reason)
  if (answer.allowed) throw new Error(`${reason} refuses nothing`)
  return answer.problem
}

const member = { id: 'user_9', role: 'billing_admin' as const, name: 'Jo', email: 'jo@acme.example' }

/** What the description of the API shows; the tests hold each to its schema. */
export const examples = {
  accountPut: { label: exampleAccount.label, stripe_customer: 'cus_Q1w2e3', seats: 4, members: [member] },
  account: { ...exampleAccount, stripe_customer: 'cus_Q1w2e3', seats: 4, members: [member] },
  checkRequest: {
    account: exampleAccount.id,
    actor: 'user_9',
    feature: 'export',
    client: 'browser' as const,
    return_to: 'https://app.example.com/projects/4',
    state: 'opaque',
  },
  checkAnswer: exampleAnswer('invoice_overdue'),
  checkState: { state: 'open' as const, allowed: false, reasons: ['invoice_overdue' as const], interval: 5 },
  sessionRequest: { account: exampleAccount.id, actor: 'user_9', return_to: 'https://app.example.com/settings' },
  session: { url: `${exampleOrigin}/fix#t=eyJ0eXAiOiJmaXgrand0In0…`, expires_at: '2026-11-22T12:05:00.000Z' },
  usage: {
    events: [
      { id: 'evt_7f3', account: exampleAccount.id, meter: 'requests', quantity: 250, at: noon, member: 'user_9' },
    ],
  },
  classify: { status: 402, body: { error: { message: 'Insufficient Balance' } } },
  classified: {
    reason: 'credits_exhausted' as const,
    title: 'Credits are used up',
    fix: 'buy-credits' as const,
    who: 'billing_admin' as const,
    ambiguous: [],
    url: `${exampleOrigin}/fix?app=app_12&reason=credits_exhausted`,
  },
  usageAnswer: { accepted: 1, duplicates: 0, errors: [] },
}
