import { ProblemSchema, type Problem } from '#contract/problem.ts'
import type { z } from 'zod'

/** The one way in which talking to the server fails; `status` is 0 when no answer came that can be read. */
export class DeskError extends Error {
  override name = 'DeskError'
  readonly status: number
  readonly problem: Problem | undefined
  /** Seconds, where the server says so. */
  readonly retryAfter: number | undefined

  constructor(status: number, problem?: Problem, retryAfter?: number) {
    super(problem?.title ?? (status === 0 ? 'no answer' : 'an answer that cannot be read'))
    this.status = status
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

const LOOK = 'X-Desk-Look'
/** Seconds are the server's: it decides how long what was opened may be read on. */
const looks = new Map<string, string>()

type Request = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  readonly signal?: AbortSignal
  /** Questions of one name are one look: a page that stays open is written down once. */
  readonly look?: string
  /** A person's intention: the same over double clicks and lost answers. */
  readonly attempt?: string
}

/** The only fetch. Throws DeskError, and the caller's own abort as it is. */
export async function request<S extends z.ZodType>(schema: S, path: string, init: Request = {}): Promise<z.infer<S>> {
  const response = await send(path, init)
  const look = response.headers.get(LOOK)
  if (init.look !== undefined && look !== null) looks.set(init.look, look)
  const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined)
  if (!response.ok) {
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
    throw new DeskError(
      response.status,
      ProblemSchema.safeParse(body).data,
      Number.isFinite(retryAfter) ? retryAfter : undefined,
    )
  }
  const answer = schema.safeParse(body)
  if (!answer.success) throw new DeskError(0)
  return answer.data
}

async function send(path: string, { method = 'GET', body, signal, look, attempt }: Request): Promise<Response> {
  const known = look === undefined ? undefined : looks.get(look)
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(method !== 'GET' && { 'content-type': 'application/json', 'x-portal-csrf': '1' }),
        ...(known !== undefined && { [LOOK]: known }),
        ...(attempt !== undefined && { 'idempotency-key': attempt }),
      },
      ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
      ...(signal && { signal }),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new DeskError(0)
  }
}
