import { CheckIdSchema, CheckRequestSchema, type CheckAnswer } from '#contract/check.ts'
import { compact } from '#diagnosis/compact.ts'
import { decide, type CheckQuestion } from './check.ts'
import type { App } from './config.ts'
import type { Hands } from './context.ts'
import { recognise } from './errors.ts'
import { wayBack, type ForwardedRequest } from './forwarded-request.ts'
import { askedHeaders } from './gateway-headers.ts'
import { isNavigation } from './navigation.ts'
import { findCheck } from './store/checks.ts'

/** Milliseconds to wait for Stripe where there is an older reading: gateways give up after 300. */
const PATIENCE = 150
/** Seconds after a return in which Stripe is asked anew, so that who has just paid is not refused. */
const RETURN_SECONDS = 120
const LONGEST_ADDRESS = 2_048

export type Verdict =
  | { readonly kind: 'served'; readonly answer: CheckAnswer & { allowed: true } }
  | { readonly kind: 'refused'; readonly answer: CheckAnswer & { allowed: false } }
  /** Nothing was asked, or nothing could be answered (`error`). The request passes: billing trouble is not the customer's. */
  | { readonly kind: 'undecided'; readonly error?: string }

/** May the request that a gateway holds be served? Never throws. */
export async function judgeForwarded(hands: Hands, app: App, request: ForwardedRequest): Promise<Verdict> {
  // A preflight carries no credentials (Fetch §4.8) and is no use of anything.
  if (request.method === 'OPTIONS') return { kind: 'undecided' }
  const question = questionOf(request)
  if (question === undefined) return { kind: 'undecided', error: 'no-account' }
  const parsed = CheckRequestSchema.safeParse(question)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    hands.log.warn(
      { app: app.id, field: issue?.path.join('.'), issue: issue?.message },
      'a gateway asks what is not valid',
    )
    return { kind: 'undecided', error: 'invalid-request' }
  }
  try {
    const fresh = await isBack(hands, app, parsed.data.account, request)
    const answer = await decide(inHaste(hands), app, { ...parsed.data, fresh })
    return answer.allowed ? { kind: 'served', answer } : { kind: 'refused', answer }
  } catch (error) {
    return { kind: 'undecided', error: reported(hands, app, parsed.data.account, error) }
  }
}

/** From headers only: several gateways let the client's own query through to the address they ask at. */
function questionOf(request: ForwardedRequest): Partial<Record<keyof CheckQuestion, unknown>> | undefined {
  const { headers } = request
  const told = (field: keyof typeof askedHeaders) => headers.get(askedHeaders[field]) || undefined
  const account = told('account')
  if (account === undefined) return undefined
  const quantity = told('quantity')
  const back = wayBack(request)
  return compact({
    account,
    actor: told('actor'),
    feature: told('feature'),
    meter: told('meter'),
    quantity: quantity === undefined ? undefined : Number(quantity),
    api_key: told('api_key'),
    audience: told('audience'),
    client: isNavigation(headers) ? 'browser' : 'program',
    // The client chooses its length: a question that is not valid for it would pass unasked.
    return_to: back !== undefined && back.length <= LONGEST_ADDRESS ? back : undefined,
  })
}

/** Whether this request comes back from a visit to the portal that has just ended, by our own books. */
async function isBack({ database, now }: Hands, app: App, account: string, { url }: ForwardedRequest) {
  const id = CheckIdSchema.safeParse(url?.searchParams.get('billing_check'))
  if (!id.success) return false
  const check = await findCheck(database, { app: app.id, account }, id.data)
  return check?.returned !== undefined && now() - check.returned <= RETURN_SECONDS
}

function inHaste(hands: Hands): Hands {
  const { airlock } = hands
  const read: typeof airlock.read = (key, how) => airlock.read(key, how.fresh ? how : { ...how, patience: PATIENCE })
  return { ...hands, airlock: { ...airlock, read } }
}

function reported({ log }: Hands, app: App, account: string, error: unknown): string {
  const { code } = recognise(error)
  if (code === 'not-found') {
    log.warn({ app: app.id, account }, 'a gateway asks about an account that was never registered: it passes')
    return 'unknown-account'
  }
  log.error({ err: error, app: app.id, account }, 'a gateway could not be answered: the request passes')
  return code
}
