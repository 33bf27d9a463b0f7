import type { Metadata } from './customer.ts'

/** One change of what a customer has to their credit; a negative amount is in their favour. Minor units. */
export type BalanceTransaction = {
  id: string
  object: 'customer_balance_transaction'
  amount: number
  created: number
  credit_note: string | null
  currency: string
  customer: string
  description: string | null
  ending_balance: number
  invoice: string | null
  metadata: Metadata
  type: 'adjustment' | 'applied_to_invoice' | 'credit_note' | 'initial' | 'unapplied_from_invoice'
}

type Start = Omit<BalanceTransaction, 'object'>

export function newBalanceTransaction(start: Start): BalanceTransaction {
  const fixed = { checkout_session: null, customer_account: null, livemode: false }
  return { ...fixed, object: 'customer_balance_transaction', ...start }
}
