import type * as check from '#contract/check.ts'
import type * as problem from '#contract/problem.ts'
import { RECEIPT_TYPE, TICKET_SECONDS, TICKET_TYPE, type TicketClaims as Claims } from '#contract/ticket.ts'
import { expect, expectTypeOf, test } from 'vitest'
import { receiptType } from './return-link.ts'
import { ticketSeconds, ticketType } from './ticket.ts'
import type { CheckAnswer, CheckRequest, Problem, Refusal, TicketClaims } from './wire.ts'

type Member<T, Key extends PropertyKey> = T extends unknown ? (Key extends keyof T ? T[Key] : never) : never
type Names<T> = T extends unknown ? keyof T : never
/** The paths of all members, so that neither side has one that the other has not. */
type Paths<T> = T extends string | number | boolean
  ? never
  : T extends readonly (infer Item)[]
    ? Paths<Item>
    : T extends object
      ? string extends keyof T
        ? never
        : { [Name in Names<T> & string]: Name | `${Name}.${Paths<Member<T, Name>>}` }[Names<T> & string]
      : never

test('an app reads whatever the portal says, and the portal whatever an app says', () => {
  expectTypeOf<check.CheckAnswer>().toExtend<CheckAnswer>()
  expectTypeOf<problem.Problem>().toExtend<Problem>()
  expectTypeOf<problem.Refusal>().toExtend<Refusal>()
  expectTypeOf<CheckRequest>().toExtend<check.CheckRequest>()
  expectTypeOf<TicketClaims>().toExtend<Claims>()
})

/** The paths that only one of two has; the compiler's complaint names them. */
type Differs<One, Other> = Exclude<Paths<One>, Paths<Other>> | Exclude<Paths<Other>, Paths<One>>

test('neither knows a member that the other does not', () => {
  expectTypeOf<Differs<CheckRequest, check.CheckRequest>>().toEqualTypeOf<never>()
  expectTypeOf<Differs<CheckAnswer, check.CheckAnswer>>().toEqualTypeOf<never>()
  expectTypeOf<Differs<Problem, problem.Problem>>().toEqualTypeOf<never>()
  expectTypeOf<Differs<TicketClaims, Claims>>().toEqualTypeOf<never>()
})

test('tickets and receipts are called the same and live as long on both sides', () => {
  expect([ticketType, ticketSeconds, receiptType]).toEqual([TICKET_TYPE, TICKET_SECONDS, RECEIPT_TYPE])
})
