import { useEffect, useState } from 'react'

/** Milliseconds after which a wait is a long one. */
const LONG = 10_000

/** False at first, true once the person has waited long. */
export function useLongWait(): boolean {
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG)
    return () => clearTimeout(timer)
  }, [])
  return long
}
