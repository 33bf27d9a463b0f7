import { timingSafeEqual } from 'node:crypto'
import { SIGN_IN_TRIES } from '#contract/sign-in.ts'
import type { Context } from 'hono'
import { callerOf } from './caller.ts'
import type { Hands } from './context.ts'
import { takeSignInTry, type SignInRecord } from './store/sign-ins.ts'
import { countWrong } from './throttle.ts'
import { sha256, signInCode } from './token.ts'

/** OWASP ASVS 6.5.5: a code sent out of band lives for ten minutes at most. */
export const CODE_SECONDS = 600

type Tried =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly left: number }
  /** Tried too often. */
  | { readonly kind: 'spent' }

/**
 * Compares what was typed with the code of the letter; every try is counted, right or wrong. Where the code may open
 * nothing, no code is right. Throws ApiError too-many.
 */
export function tryCode(
  hands: Hands,
  c: Context,
  { hash }: Pick<SignInRecord, 'hash'>,
  { typed, opens }: { typed: string; opens: boolean },
): Promise<Tried> {
  const { config, database, now } = hands
  const work = async (): Promise<Tried> => {
    const signIn = await takeSignInTry(database, hash, { tries: SIGN_IN_TRIES, now: now() })
    if (!signIn) return { kind: 'spent' }
    const digits = typed.replaceAll(/[\s-]/g, '')
    if (isSame(signInCode(config, signIn.id), digits) && opens) return { kind: 'right' }
    const left = SIGN_IN_TRIES - signIn.tries
    return left > 0 ? { kind: 'wrong', left } : { kind: 'spent' }
  }
  return countWrong(hands, 'wrong-sign-in-code', callerOf(config, c), work, ({ kind }) => kind !== 'right')
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)))
}
