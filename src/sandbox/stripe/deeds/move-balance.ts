import { newId } from '#sandbox/stripe/ids.ts'
import { newBalanceTransaction, type BalanceTransaction } from '#sandbox/stripe/objects/balance-transaction.ts'
import type { Customer } from '#sandbox/stripe/objects/customer.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'

type Cause = Pick<BalanceTransaction, 'type'> &
  Partial<Pick<BalanceTransaction, 'id' | 'credit_note' | 'currency' | 'description' | 'invoice' | 'metadata'>>

/** Every change of a customer's balance has its entry in the ledger; minor units, negative in the customer's favour. */
export function moveBalance(world: World, customer: Customer, amount: number, cause: Cause): BalanceTransaction {
  if (cause.currency !== undefined) customer.currency ??= cause.currency
  customer.balance += amount
  const entry = newBalanceTransaction({
    id: newId('cbtxn'),
    credit_note: null,
    description: null,
    invoice: null,
    metadata: {},
    ...cause,
    amount,
    created: timeOf(world, customer.id),
    currency: customer.currency ?? 'usd',
    customer: customer.id,
    ending_balance: customer.balance,
  })
  world.tables.customer_balance_transaction.set(entry.id, entry)
  return entry
}

/** Makes the balance what is given, if anything is. */
export function setBalance(world: World, customer: Customer, to: number | undefined, type: BalanceTransaction['type']) {
  if (to !== undefined && to !== customer.balance) moveBalance(world, customer, to - customer.balance, { type })
}
