/** A failure arranged beforehand for API calls that match. */
export type Fault = {
  method: string | null
  path: RegExp
  /** Only calls that name this, in the path, the query or the body: a customer's id, say. */
  about: string | null
  kind: 'error' | 'hang' | 'reset' | 'error_after_effect' | 'slow'
  status: number
  times: number
  delay: number
}

type Met = { readonly method: string; readonly path: string; readonly query: string; readonly body: string }

/** Takes the first fault that matches this call, counting it down. */
export function takeFault(faults: Fault[], { method, path, query, body }: Met): Fault | undefined {
  const names = (about: string) => [path, query, body].some((part) => part.includes(about))
  const fault = faults.find(
    (one) =>
      one.times > 0 &&
      (one.method === null || one.method === method) &&
      one.path.test(path) &&
      (one.about === null || names(one.about)),
  )
  if (fault !== undefined) fault.times -= 1
  return fault
}
