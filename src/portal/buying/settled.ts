import { useEffect, useState } from 'react'

/** Milliseconds in which somebody who is still counting presses again. */
const PAUSE = 350

/** The value once it has stood still for a moment, so that not every step on the way is asked for. */
export function useSettled<T>(value: T): T {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
