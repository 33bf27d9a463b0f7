import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseReason, reasonFacts, reasons } from '#diagnosis/reason.ts'
import { classify } from './classify.ts'
import { readExamples, tally } from './tally.ts'

const examples = readExamples(readFileSync(resolve(import.meta.dirname, 'examples.jsonl'), 'utf8'))

describe('our examples', () => {
  test.each(examples.map((one) => [one.from, JSON.stringify(one.body), one] as const))(
    '%s: %s',
    (_from, _body, { meant, among, missed, ...answer }) => {
      const { reason, ambiguous } = classify(answer)
      const left = among.filter((each) => !ambiguous.includes(each))
      expect({ reason, left }).toEqual({ reason: missed ? 'unknown' : meant, left: [] })
    },
  )

  test('none is given a wrong name, nearly all are read, and every reason is among them', () => {
    const { right, wrong, unknown } = tally(examples)
    expect(wrong).toBe(0)
    expect(unknown).toBe(examples.filter(({ missed }) => missed).length)
    expect(right / examples.length).toBeGreaterThan(0.95)
    const named = new Set(examples.map(({ meant }) => meant))
    expect(reasons.filter((reason) => !named.has(reason))).toEqual([])
  })

  // 402 alone may choose among what the body leaves open: who asks for money does not mean that waiting helps.
  const statuses = [undefined, 200, 400, 403, 429, 500]
  test('the status does not carry the cause: whatever a proxy makes of it, no other reason is named', () => {
    const named = examples.flatMap(({ body, headers, meant }) =>
      (meant === 'unknown' ? statuses : [...statuses, 402]).map((status) => {
        const { reason } = classify({ status, body, headers })
        return { body, status, reason, wrong: reason !== meant && reason !== 'unknown' && body !== '' }
      }),
    )
    expect(named.filter(({ wrong }) => wrong)).toEqual([])
  })
})

type Collected = { status: number; headers: Record<string, string>; body: unknown; cause: string }

const corpusFile = resolve(import.meta.dirname, '../../../../shared/facts/corpus-402.jsonl')

test.skipIf(!existsSync(corpusFile))(
  'the collected refusals are never given a wrong name (skipped where shared/facts is not beside us)',
  () => {
    const collected = readFileSync(corpusFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Collected)
    const { right, wrong } = tally(collected.map(({ cause, ...answer }) => ({ ...answer, meant: parseReason(cause) })))
    expect(wrong).toBe(0)
    expect(right / collected.length).toBeGreaterThan(0.7)
  },
)

test.each(reasons)('our own %s is read from its code, its slug and its problem document', (reason) => {
  const { slug, title, status, fix, who } = reasonFacts[reason]
  const problem = { type: `https://billing.example.com/problems/${slug}`, title, status, reason, retry: 'after_fix' }
  const same = { reason, fix, who, ambiguous: [] }
  expect(classify({ body: reason })).toEqual(same)
  expect(classify({ body: reason.toUpperCase() })).toEqual(same)
  expect(classify({ status, body: problem })).toEqual(same)
  expect(classify({ status, body: JSON.stringify(problem) })).toEqual(same)
})

describe('whatever is sent', () => {
  const sentences = examples.map(({ body }) => (typeof body === 'string' ? body : JSON.stringify(body)))
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 6 }),
    fc.string({ maxLength: 500, unit: 'grapheme' }),
    fc.array(fc.constantFrom(...sentences), { maxLength: 5 }).map((parts) => parts.join(' or ')),
    fc.constantFrom(undefined, null, Number.NaN, 10n, Symbol.iterator, new Map(), () => {}),
  )

  test('the answer is one of the reasons with its fix, and candidates only beside unknown', () => {
    fc.assert(
      fc.property(
        anything,
        fc.option(fc.integer(), { nil: undefined }),
        fc.dictionary(fc.string(), fc.string()),
        (body, status, headers) => {
          const { reason, fix, ambiguous } = classify({ body, status, headers })
          expect(reasons).toContain(reason)
          expect(fix).toBe(reasonFacts[reason].fix)
          expect(ambiguous.length === 0 || reason === 'unknown').toBe(true)
          expect(ambiguous).not.toContain('unknown')
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('two causes with an "or" between them never name one', () => {
    const plain = [
      ['your trial has expired', 'trial_ended'],
      ['your card was declined', 'card_declined'],
      ['your spending limit was reached', 'spend_cap_reached'],
      ['you are out of credits', 'credits_exhausted'],
      ['your invoice is overdue', 'invoice_overdue'],
      ['your card has expired', 'card_expired'],
      ['no payment method is on file', 'no_payment_method'],
      ['all seats are taken', 'seat_limit'],
    ] as const
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...plain), { minLength: 2, maxLength: 3 }), (causes) => {
        const message = causes.map(([sentence]) => sentence).join(' or ')
        const { reason, ambiguous } = classify({ status: 402, body: { message } })
        expect([reason, causes.filter(([, cause]) => !ambiguous.includes(cause))]).toEqual(['unknown', []])
      }),
    )
  })

  test.each([
    'Your card has not expired',
    'Your trial has not ended',
    'The invoice is not overdue',
    'You have not reached your usage limit',
    'The seat limit was not reached',
    'Your payment was not declined',
    'It failed, but not because your card expired',
    'If your card has expired, update it',
    'Your trial may have ended',
    'Possibly your card was declined',
    'Perhaps you are out of credits',
    'Unless your invoice is paid, your account will be suspended',
    'Your subscription will be paused',
  ])('what is denied or only supposed is not taken for said: %s', (message) => {
    expect(classify({ status: 402, body: { message } }).reason).toBe('unknown')
  })

  const million = (piece: string) => piece.repeat(Math.ceil(1_000_000 / piece.length))
  test.each([
    ['a megabyte of brackets', million('[')],
    ['a megabyte of nested arrays', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
    ['nested objects', `${'{"error":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['a megabyte of open tags', million('<script')],
    ['a megabyte of words that begin patterns', million('reached your plan limit or exceeded your usage quota ')],
    ['a megabyte of half a pattern', million('reached limit limit limit of of ')],
    ['a megabyte of refusals', million('your plan limit exceeded, reached or ')],
    ['a megabyte of one word', million('a')],
    ['a megabyte of blanks', `x${million(' ')}x`],
    ['a megabyte of Chinese', million('账户付款额度')],
    ['a megabyte of braces in text', `a ${million('{')}${million('}')}`],
    ['JSON in JSON in JSON', JSON.stringify(JSON.stringify(JSON.stringify({ error: million('"\\') })))],
    [
      'a hundred thousand fields',
      Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`field_${at}`, 'card_declined'])),
    ],
    ['a hundred thousand sentences', Array.from({ length: 100_000 }, () => 'Your card was declined, or not')],
  ])('%s is answered', (_name, body) => {
    expect(reasons).toContain(classify({ body, headers: { RateLimit: million(';') } }).reason)
  })
})
