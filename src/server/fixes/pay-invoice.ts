import type { Outcome, Plan } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { readMethods } from '#server/stripe/read-account.ts'
import type { Payer } from './deed.ts'
import { payPlan } from './pay-plan.ts'

/** Pays with a card that is already saved; which card is the default stays as it is. */
export async function payWithSavedMethod(
  hands: Hands,
  payer: Payer,
  { method, plan, key }: { method: string; plan: Plan; key: string },
): Promise<Outcome> {
  const methods = await readMethods(hands.stripe, payer.customer)
  if (!methods.some(({ id }) => id === method)) throw new ApiError('not-found', 'There is no such payment method')
  return payPlan(hands, plan, { customer: payer.customer, method, justSaved: false, key })
}
