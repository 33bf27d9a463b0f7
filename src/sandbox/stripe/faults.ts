/** A failure arranged beforehand for API calls that match. */
export type Fault = {
  method: string | null
  path: RegExp
  kind: 'error' | 'hang' | 'reset' | 'error_after_effect' | 'slow'
  status: number
  times: number
  delay: number
}

/** Takes the first fault that matches this call, counting it down. */
export function takeFault(faults: Fault[], method: string, path: string): Fault | undefined {
  const fault = faults.find(
    (one) => one.times > 0 && (one.method === null || one.method === method) && one.path.test(path),
  )
  if (fault !== undefined) fault.times -= 1
  return fault
}
