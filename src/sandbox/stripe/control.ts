import type { Fault } from './faults.ts'
import { settleDebit } from './deeds/settle-debit.ts'
import { followPayment } from './deeds/follow-payment.ts'
import { Refusal, invalid } from './kernel/errors.ts'
import { findWithin, number, pair, text, truth, whether, type Given } from './control-input.ts'
import { newRateLimit } from './rate-limit.ts'
import type { Sandbox } from './sandbox-parts.ts'
import {
  answerTaxId,
  decideDispute,
  dispute,
  forgetIntent,
  giveHistory,
  moveInvoice,
  moveMethod,
  moveSubscription,
  review,
} from './state-levers.ts'
import { find, rows, type Settings } from './world.ts'

type Reply = { status: number; body: unknown }
type Deed = (sandbox: Sandbox, given: Given, match: string[]) => unknown

/** The sandbox's own levers, which the real Stripe does not have. */
const levers: [method: string, path: RegExp, deed: Deed][] = [
  ['GET', /^\/_sandbox\/health$/, () => ({ ok: true })],
  ['GET', /^\/_sandbox\/ledger$/, ledger],
  ['GET', /^\/_sandbox\/contract$/, (sandbox) => sandbox.contract.report()],
  ['GET', /^\/_sandbox\/settings$/, settings],
  ['POST', /^\/_sandbox\/settings$/, changeSettings],
  ['POST', /^\/_sandbox\/time$/, moveTime],
  ['GET', /^\/_sandbox\/time$/, (sandbox) => ({ now: sandbox.world.now(), offset_seconds: sandbox.world.offset })],
  ['POST', /^\/_sandbox\/reset$/, (sandbox) => sandbox.reset()],
  [
    'GET',
    /^\/_sandbox\/webhooks$/,
    (sandbox) => ({ ...sandbox.webhooks.manners, deliveries: sandbox.webhooks.deliveries }),
  ],
  ['POST', /^\/_sandbox\/webhooks$/, changeManners],
  ['POST', /^\/_sandbox\/webhooks\/release$/, (sandbox) => ({ released: sandbox.webhooks.release() })],
  [
    'GET',
    /^\/_sandbox\/faults$/,
    (sandbox) => ({ faults: sandbox.faults.map((fault) => ({ ...fault, path: fault.path.source })) }),
  ],
  ['POST', /^\/_sandbox\/faults$/, addFault],
  ['DELETE', /^\/_sandbox\/faults$/, clearFaults],
  ['POST', /^\/_sandbox\/payment_intents\/(\w+)\/settle$/, settle],
  ['POST', /^\/_sandbox\/payment_methods\/(\w+)$/, moveMethod],
  ['POST', /^\/_sandbox\/charges\/(\w+)\/dispute$/, dispute],
  ['POST', /^\/_sandbox\/charges\/(\w+)\/review$/, review],
  ['POST', /^\/_sandbox\/disputes\/(\w+)$/, decideDispute],
  ['POST', /^\/_sandbox\/tax_ids\/(\w+)$/, answerTaxId],
  ['POST', /^\/_sandbox\/subscriptions\/(\w+)$/, moveSubscription],
  ['POST', /^\/_sandbox\/invoices\/(\w+)$/, moveInvoice],
  ['POST', /^\/_sandbox\/invoices\/(\w+)\/forget_intent$/, forgetIntent],
  ['POST', /^\/_sandbox\/customers\/(\w+)\/history$/, giveHistory],
  ['POST', /^\/_sandbox\/rate_limit$/, limitRate],
]

/** Answers a call below `/_sandbox/`. */
export function answerControl(sandbox: Sandbox, method: string, path: string, given: Given): Reply {
  for (const [verb, pattern, deed] of levers) {
    const match = verb === method ? pattern.exec(path) : null
    if (match === null) continue
    try {
      return { status: 200, body: deed(sandbox, given, match.slice(1)) }
    } catch (thrown) {
      if (thrown instanceof Refusal) return { status: thrown.status, body: { error: thrown.body } }
      throw thrown
    }
  }
  return { status: 404, body: { error: { message: `No such lever: ${method} ${path}` } } }
}

function ledger({ world }: Sandbox, given: Given): unknown {
  const customer = text(given, 'customer')
  const charges = rows(world, 'charge')
    .filter((charge) => customer === undefined || charge.customer === customer)
    .map((charge) => {
      const { id, amount, amount_refunded, created, currency, failure_code, payment_intent, payment_method, status } =
        charge
      const invoice = world.tables.payment_intent.get(payment_intent)?.sandbox.invoice ?? null
      return {
        id,
        amount,
        amount_refunded,
        currency,
        status,
        customer: charge.customer,
        invoice,
        payment_intent,
        payment_method,
        created,
        failure_code,
      }
    })
  return { charges }
}

function settings({ world }: Sandbox): Settings {
  return world.settings
}

const choices: { [name in Exclude<keyof Settings, 'statement'>]: readonly Settings[name][] } = {
  after_retries: ['past_due', 'unpaid', 'cancel', 'pause'],
  after_first_failure: ['past_due', 'pause'],
  after_paused_paid: ['stay', 'resume'],
  during_first_debit: ['active', 'incomplete'],
  bank_verification: ['instant', 'microdeposits'],
}

function changeSettings({ world }: Sandbox, given: Given): Settings {
  for (const [name, allowed] of Object.entries(choices)) {
    const chosen = text(given, name)
    if (chosen !== undefined) Object.assign(world.settings, { [name]: findWithin(allowed, chosen, name) })
  }
  world.settings.statement = text(given, 'statement') ?? world.settings.statement
  world.onChange()
  return world.settings
}

function moveTime(sandbox: Sandbox, given: Given): unknown {
  const { world } = sandbox
  const offset = number(given, 'offset_seconds') ?? world.offset + (number(given, 'advance_seconds') ?? 0)
  sandbox.moveTo(offset)
  return { now: world.now(), offset_seconds: world.offset }
}

function changeManners({ webhooks }: Sandbox, given: Given): unknown {
  const { manners } = webhooks
  manners.delay_ms = pair(given, 'delay_ms') ?? manners.delay_ms
  manners.twice = whether(given, 'twice') ?? manners.twice
  manners.shuffle = whether(given, 'shuffle') ?? manners.shuffle
  manners.hold = whether(given, 'hold') ?? manners.hold
  manners.drop = number(given, 'drop') ?? manners.drop
  return manners
}

const faultKinds = ['error', 'hang', 'reset', 'error_after_effect', 'slow'] as const

function addFault({ faults }: Sandbox, given: Given): unknown {
  const kind = findWithin(faultKinds, text(given, 'kind') ?? '', 'kind')
  const fault: Fault = {
    method: text(given, 'method')?.toUpperCase() ?? null,
    path: new RegExp(text(given, 'path') ?? ''),
    about: text(given, 'about') ?? null,
    kind,
    status: number(given, 'status') ?? 500,
    times: number(given, 'times') ?? 1,
    delay: number(given, 'delay_ms') ?? (kind === 'hang' ? 60_000 : 0),
  }
  faults.push(fault)
  return { ...fault, path: fault.path.source }
}

/** All of them, or those about one thing. */
function clearFaults(sandbox: Sandbox, given: Given): unknown {
  const about = text(given, 'about')
  const kept = about === undefined ? [] : sandbox.faults.filter((fault) => fault.about !== about)
  sandbox.faults.splice(0, sandbox.faults.length, ...kept)
  return { faults: kept.length }
}

function settle({ world }: Sandbox, given: Given, [id = '']: string[]): unknown {
  const intent = find(world, 'payment_intent', id)
  if (intent.status !== 'processing')
    throw invalid(`This PaymentIntent is not processing: its status is ${intent.status}.`)
  const outcome = findWithin(['succeeded', 'failed'] as const, text(given, 'outcome') ?? '', 'outcome')
  const failure = outcome === 'failed' ? (text(given, 'failure_code') ?? 'insufficient_funds') : null
  followPayment(world, intent, settleDebit(world, intent, failure))
  return { id, status: intent.status }
}

/** `{per_second, seconds}`: more calls than that are answered 429; 0 calls a second refuses all, 0 seconds ends it. */
function limitRate({ rate }: Sandbox, given: Given): unknown {
  const perSecond = truth(number(given, 'per_second'), 'per_second')
  rate.limit = newRateLimit(perSecond, number(given, 'seconds') ?? 10, Date.now())
  return { per_second: perSecond, until: new Date(rate.limit.until).toISOString() }
}
