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
type Paths<T> = T extends readonly (infer Item)[]
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

test('neither knows a member that the other does not', () => {
  expectTypeOf<Paths<CheckRequest>>().toEqualTypeOf<Paths<check.CheckRequest>>()
  expectTypeOf<Paths<Problem>>().toEqualTypeOf<Paths<problem.Problem>>()
  expectTypeOf<Paths<TicketClaims>>().toEqualTypeOf<Paths<Claims>>()
})

test('tickets and receipts are called the same and live as long on both sides', () => {
  expect([ticketType, ticketSeconds, receiptType]).toEqual([TICKET_TYPE, TICKET_SECONDS, RECEIPT_TYPE])
})
