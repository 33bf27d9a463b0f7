import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PaymentError } from './account.ts'
import { isCardAtFault } from './card-at-fault.ts'
import { adviseOn, isWorthRetrying, type DeclineAdvice } from './decline.ts'
import { findingOf, hardStops } from './decline-codes.ts'
import { diagnose } from './diagnose.ts'
import { accountThatOwes, noon, visa } from './samples.ts'
import { ourCodes } from './our-codes.ts'

const declined = (declineCode: string) => ({ code: 'card_declined', declineCode })
const generic = adviseOn(declined('generic_decline'))

const hidden = [
  'fraudulent',
  'merchant_blacklist',
  'stolen_card',
  'lost_card',
  'lost_or_stolen_card',
  'pickup_card',
  'restricted_card',
  'highest_risk_level',
  'rule',
  'partner_high_risk_customer',
  'recipient_deceased',
]
const advised = [undefined, 'do_not_try_again', 'try_again_later', 'confirm_card_data']
const sample = ['insufficient_funds', 'expired_card', 'incorrect_cvc', 'processing_error', 'authentication_required']

describe('codes that must stay hidden', () => {
  test.each(hidden)('%s reads like a generic refusal in every field, whatever else was said', (code) => {
    for (const adviceCode of advised) {
      for (const networkAdviceCode of [undefined, '01', '02', '03']) {
        const more = { ...(adviceCode && { adviceCode }), ...(networkAdviceCode && { networkAdviceCode }) }
        expect(JSON.stringify(adviseOn({ ...declined(code), ...more }))).toBe(JSON.stringify(generic))
        expect(JSON.stringify(adviseOn({ code, ...more }))).toBe(JSON.stringify(generic))
      }
    }
  })

  test.each(hidden)('a whole diagnosis does not tell %s from a generic refusal', (code) => {
    const seen = (declineCode: string) => {
      const error = { ...declined(declineCode), method: visa }
      const account = accountThatOwes({
        nextAttempt: noon + 86_400,
        payment: { state: 'requires_payment_method', error },
      })
      return JSON.stringify(diagnose(account, {}, { graceDays: 7 }, noon))
    }
    expect(seen(code)).toBe(seen('generic_decline'))
  })
})

function toldOf(error: PaymentError) {
  const account = accountThatOwes({ payment: { state: 'requires_payment_method', error: { ...error, method: visa } } })
  return diagnose(account, {}, { graceDays: 7 }, noon).blockers
}

test('a decline comes with who can mend it and the best next act', () => {
  expect(toldOf(declined('insufficient_funds'))).toMatchObject([{ advice: { act: 'same-card-later', who: 'you' } }])
  expect(toldOf(declined('generic_decline'))).toMatchObject([{ advice: { act: 'call-bank', who: 'bank' } }])
})

describe("the issuer's advice", () => {
  test.each([...sample, 'generic_decline', 'amount_too_small', 'unheard_of'])(
    'not to try again never offers the same card after %s',
    (code) => {
      for (const error of [{ code }, declined(code)]) {
        const advice = adviseOn({ ...error, adviceCode: 'do_not_try_again' })
        expect(advice).toMatchObject({ sameCardCanWork: false, act: 'other-card' })
        expect(isCardAtFault(advice.group)).toBe(true)
      }
    },
  )

  test.each(['generic_decline', 'transaction_not_allowed', 'expired_card', 'incorrect_cvc'])(
    'to try later outranks %s',
    (code) => {
      const advice = adviseOn({ ...declined(code), adviceCode: 'try_again_later' })
      expect(advice).toMatchObject({ group: 'later', sameCardCanWork: true, act: 'same-card-later' })
    },
  )

  test('to try later leaves standing what the code says about the same card', () => {
    expect(adviseOn({ ...declined('insufficient_funds'), adviceCode: 'try_again_later' }).group).toBe('funds')
  })

  test.each([...sample, 'generic_decline'])('that the data are wrong outranks %s', (code) => {
    expect(adviseOn({ ...declined(code), adviceCode: 'confirm_card_data' })).toMatchObject({ act: 'retype' })
  })
})

describe("the network's advice", () => {
  test.each([
    ['01', 'retype'],
    ['02', 'same-card-later'],
    ['03', 'other-card'],
    ['99', 'call-bank'],
  ])('%s decides where the bank gave no reason', (networkAdviceCode, act) => {
    expect(adviseOn({ ...declined('do_not_honor'), networkAdviceCode }).act).toBe(act)
  })

  test('is not heard where the bank gave one', () => {
    expect(adviseOn({ ...declined('insufficient_funds'), networkAdviceCode: '03' }).group).toBe('funds')
  })
})

test('codes nobody has heard of are generic', () => {
  for (const code of ['a_code_of_next_year', '', 'constructor', '__proto__']) {
    expect(adviseOn({ code })).toEqual(generic)
    expect(adviseOn(declined(code))).toEqual(generic)
  }
})

test('an unknown decline code leaves the word to the error code', () => {
  expect(adviseOn({ code: 'expired_card', declineCode: 'a_code_of_next_year' }).group).toBe('expired')
})

test('where nobody’s card is at fault, the person is sent to us, to the details or to wait, with the same card', () => {
  for (const code of ['processing_error', 'issuer_not_available', 'rate_limit', 'lock_timeout', ...ourCodes]) {
    const { group, sameCardCanWork, who } = adviseOn({ code })
    expect({ code, blamed: isCardAtFault(group), sameCardCanWork }).toEqual({
      code,
      blamed: false,
      sameCardCanWork: true,
    })
    expect(['us', 'time']).toContain(who)
  }
})

test('after a hard stop of Smart Retries no automatic try is promised, even when the issuer says later', () => {
  expect(hardStops.size).toBe(9)
  const errors = [...hardStops].flatMap((code) => [{ code }, declined(code)])
  const promised = errors.filter(
    (error) => isWorthRetrying(error) || isWorthRetrying({ ...error, adviceCode: 'try_again_later' }),
  )
  expect(promised).toEqual([])
  expect(isWorthRetrying(declined('insufficient_funds'))).toBe(true)
})

type Fact = { readonly code: string; readonly kind: string; readonly remedy: string; readonly never_reveal: boolean }

const remedies: Record<DeclineAdvice['act'], readonly string[]> = {
  'other-card': ['use_other_method', 'update_card'],
  'same-card-later': ['add_funds', 'retry_later'],
  'call-bank': ['contact_bank'],
  retype: ['fix_details', 'update_card'],
  confirm: ['authenticate'],
  wait: ['retry_later'],
  'contact-us': ['contact_support'],
}

/** Where we advise otherwise than the collected facts, and why. */
const otherwise: Readonly<Record<string, string>> = {
  'error_code card_declined': 'alone it says nothing, so it reads like a generic refusal',
  'card_decline_code withdrawal_count_limit_exceeded': 'the limit resets, and Stripe does try the same card again',
  'error_code payment_method_customer_decline': 'the person closed the window of their wallet and can open it again',
  'lpm_decline_code invalid_amount': 'the same code as of cards, which only the bank can explain',
  'error_code customer_max_payment_methods': 'nobody can remove a saved card here, so it is ours to mend',
  'error_code coupon_expired': 'the coupon is on our invoice',
}

const factsFile = resolve(import.meta.dirname, '../../../shared/facts/decline-codes.json')

describe.skipIf(!existsSync(factsFile))('the collected facts (skipped where shared/facts is not beside us)', () => {
  const facts = existsSync(factsFile)
    ? (JSON.parse(readFileSync(factsFile, 'utf8')) as {
        codes: Fact[]
        smart_retries: { hard_codes: string[] }
      })
    : { codes: [], smart_retries: { hard_codes: [] } }
  const { codes, smart_retries } = facts

  test('all 306 codes have advice', () => {
    expect(codes).toHaveLength(306)
    expect(codes.filter(({ code }) => findingOf(code) === undefined)).toEqual([])
  })

  test('what is told never has a code in it, and of the hidden ones says exactly what a generic refusal says', () => {
    const told = codes.flatMap(({ code, never_reveal }) =>
      [declined(code), { code }].map((error) => ({ code, never_reveal, said: JSON.stringify(toldOf(error)) })),
    )
    const asGeneric = JSON.stringify(toldOf(declined('generic_decline')))
    expect(told.filter(({ never_reveal, said }) => never_reveal && said !== asGeneric)).toEqual([])
    // These two are reasons of ours as well.
    const ours = ['card_declined', 'authentication_required']
    expect(told.filter(({ code, said }) => !ours.includes(code) && said.includes(`"${code}"`))).toEqual([])
  })

  test('hidden are exactly the codes that must not be revealed', () => {
    const mustBe = codes.filter(({ never_reveal }) => never_reveal).map(({ code }) => code)
    expect(mustBe.toSorted()).toEqual(hidden.toSorted())
    expect(codes.filter(({ code }) => findingOf(code) === 'hidden').map(({ code }) => code)).toEqual(mustBe)
  })

  test('the advice differs from theirs only where we know why', () => {
    const differing = codes
      .filter(({ code, remedy, never_reveal }) => !never_reveal && !remedies[adviseOn({ code }).act].includes(remedy))
      .map(({ kind, code }) => `${kind} ${code}`)
    expect(differing.toSorted()).toEqual(Object.keys(otherwise).toSorted())
  })

  test('the hard stops are theirs', () => {
    expect([...hardStops].toSorted()).toEqual(smart_retries.hard_codes.toSorted())
  })
})
