import { ProblemSchema, type Problem } from '#contract/problem.ts'
import type { z } from 'zod'
import { addressOf, viewIn } from './view-path.ts'

/**
 * The one way in which talking to the server fails. `problem`: it said no, and why. `offline`: no answer came, so what
 * was asked may or may not have happened. `garbled`: an answer came that this version cannot read.
 */
export class ApiError extends Error {
  readonly kind: 'problem' | 'offline' | 'garbled'
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly problem: Problem | undefined
  /** Seconds after which asking again makes sense, where the server says so. */
  readonly retryAfter: number | undefined

  constructor(
    kind: ApiError['kind'],
    status: number,
    { problem, retryAfter, cause }: { problem?: Problem | undefined; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(problem?.title ?? kind, { cause })
    this.name = 'ApiError'
    this.kind = kind
    this.status = status
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

type Request = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  /** Names the person's intention, so that a repeated request is the same request. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/** The only fetch. Answers what the schema makes of the body; throws `ApiError`, and the caller's own abort as it is. */
export async function request<S extends z.ZodType>(schema: S, path: string, init: Request = {}): Promise<z.infer<S>> {
  const response = await answered(path, init)
  const answer = schema.safeParse(await response.json().catch(() => undefined))
  if (!answer.success) throw new ApiError('garbled', response.status, { cause: answer.error })
  return answer.data
}

/** A file, as it is. Throws `ApiError`; `offline` also when the connection breaks in the middle of it. */
export async function file(path: string): Promise<Blob> {
  const response = await answered(path, {})
  return response.blob().catch((cause: unknown) => {
    throw new ApiError('offline', 0, { cause })
  })
}

async function answered(path: string, init: Request): Promise<Response> {
  const response = await send(path, init)
  if (response.ok) return response
  const problem = ProblemSchema.safeParse(await response.json().catch(() => undefined))
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  throw new ApiError('problem', response.status, {
    problem: problem.data,
    ...(Number.isFinite(retryAfter) && { retryAfter }),
  })
}

/** A mutation's request. */
export function post(body: unknown, idempotencyKey?: string): Request {
  return { method: 'POST', body, ...(idempotencyKey !== undefined && { idempotencyKey }) }
}

async function send(path: string, { method = 'GET', body, idempotencyKey, signal }: Request): Promise<Response> {
  const view = viewIn(window.location.pathname)
  // Whoever looks through a customer's eyes does nothing, whatever a page does by itself.
  if (view !== undefined && method !== 'GET') throw new ApiError('problem', 403)
  try {
    return await fetch(addressOf(path, view), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(method !== 'GET' && { 'content-type': 'application/json', 'x-portal-csrf': '1' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError('offline', 0, { cause })
  }
}
