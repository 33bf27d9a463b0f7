import { invalid } from '#sandbox/stripe/kernel/errors.ts'

/**
 * Generous, but there is something on both sides of the sign.
 * @throws {Refusal} 400 email_invalid for what is no address
 */
export function checkEmail(email: string | null | undefined): void {
  if (typeof email !== 'string' || /^[^\s@]+@[^\s@]+$/.test(email)) return
  throw invalid(`Invalid email address: ${email}`, { code: 'email_invalid', param: 'email' })
}
