import type { Reason } from '#diagnosis/reason.ts'

/** An answer of another system and what it means: one reason, or those that it leaves open. */
export type Example = {
  readonly from: string
  readonly status: number | undefined
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly means: Reason | readonly Reason[]
}

export function example(
  from: string,
  status: number | undefined,
  body: unknown,
  means: Reason | readonly Reason[],
  headers?: Readonly<Record<string, string>>,
): Example {
  return { from, status, body, means, ...(headers && { headers }) }
}
