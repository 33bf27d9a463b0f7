import type { Kept } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import Stripe from 'stripe'
import { ask, StripeUnreachable, type StripeClient } from './client.ts'
import { eachOf } from './facts.ts'

type Face = { readonly plan: string; readonly each?: Money }
const faces = new WeakMap<StripeClient, Map<string, Promise<Face>>>()

/** What was kept with its name and its price, which are asked for once; without them where Stripe does not say. */
export async function withFace(
  stripe: StripeClient,
  keeps: Kept,
  plans: Readonly<Record<string, { readonly name: string }>>,
): Promise<Kept> {
  const known = faces.get(stripe) ?? new Map<string, Promise<Face>>()
  faces.set(stripe, known)
  const face = known.get(keeps.price) ?? faceOf(stripe, keeps.price)
  known.set(keeps.price, face)
  const name = plans[keeps.key ?? '']?.name
  try {
    const found = await face
    return { ...keeps, ...found, ...(name !== undefined && { plan: name }) }
  } catch (error) {
    known.delete(keeps.price)
    if (!isUnsaid(error)) throw error
    return { ...keeps, ...(name !== undefined && { plan: name }) }
  }
}

async function faceOf(stripe: StripeClient, price: string): Promise<Face> {
  const found = await ask(stripe.prices.retrieve(price, { expand: ['product'] }))
  const { nickname, product } = found
  const each = eachOf(found)
  const named = typeof product === 'object' && 'name' in product ? product.name : price
  return { plan: nickname ?? named, ...(each && { each }) }
}

/** Whether an item can be what it was again: Stripe takes no price that is no longer sold. Throws StripeUnreachable. */
export async function canRestore(stripe: StripeClient, { price }: Kept): Promise<boolean> {
  try {
    return (await ask(stripe.prices.retrieve(price))).active
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return false
    throw error
  }
}

function isUnsaid(error: unknown): boolean {
  return error instanceof StripeUnreachable || error instanceof Stripe.errors.StripeInvalidRequestError
}
