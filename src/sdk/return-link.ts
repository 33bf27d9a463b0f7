import { sameText, type Signer } from './jws.ts'
import { results, type Result } from './loop.ts'

export const receiptType = 'receipt+jwt'
/** Seconds by which two machines' clocks may differ. */
const LEEWAY = 30

const parameters = ['billing_check', 'billing_result', 'state', 'billing_receipt'] as const

/** What the portal appended to the address to which the person comes back. */
export type ReturnLink = {
  readonly check: string | undefined
  readonly result: Result
  readonly state: string | undefined
  readonly receipt: string | undefined
}

export function readReturnLink({ searchParams }: URL): ReturnLink | undefined {
  if (!searchParams.has('billing_result') && !searchParams.has('billing_check')) return undefined
  const said = searchParams.get('billing_result')
  return {
    check: searchParams.get('billing_check') ?? undefined,
    result: results.find((result) => result === said) ?? 'unchanged',
    state: searchParams.get('state') ?? undefined,
    receipt: searchParams.get('billing_receipt') ?? undefined,
  }
}

/** The address without what the portal appended; another page's own `state` is left alone. */
export function withoutReturn(url: URL): URL {
  const clean = new URL(url)
  if (!readReturnLink(url)) return clean
  for (const parameter of parameters) clean.searchParams.delete(parameter)
  return clean
}

/** Whether the link carries the very state that this session gave away; undefined when none was expected. */
export async function stateMatches({ state }: ReturnLink, expected: string | undefined): Promise<boolean | undefined> {
  if (expected === undefined) return undefined
  return state !== undefined && (await sameText(state, expected))
}

/** Whether the portal says, in its own hand, that this account's check ended like this. `now` in unix seconds. */
export async function receiptIsGenuine(
  { receipt, check, result }: ReturnLink,
  expected: {
    readonly account: string
    readonly appId: string
    readonly portal: URL
    readonly signer: Signer
    readonly now: number
  },
): Promise<boolean> {
  const claims = receipt === undefined ? undefined : await expected.signer.verify(receiptType, receipt)
  if (!claims || typeof claims['exp'] !== 'number') return false
  return (
    claims['iss'] === expected.portal.origin &&
    claims['aud'] === expected.appId &&
    claims['sub'] === expected.account &&
    claims['chk'] === check &&
    claims['res'] === result &&
    expected.now <= claims['exp'] + LEEWAY
  )
}
