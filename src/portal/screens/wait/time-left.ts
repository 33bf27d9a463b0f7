import type { Visit } from '#contract/visit.ts'
import type { Instant } from '#diagnosis/account.ts'
import { useEffect, useState, useSyncExternalStore } from 'react'

/**
 * Whole seconds until an instant by the server's clock: the device's clock only counts what has passed since the visit
 * was read at `readAt` (milliseconds of that device).
 */
export function useSecondsLeft(until: Instant, { now }: Visit, readAt: number): number {
  const [device, setDevice] = useState(readAt)
  useEffect(() => {
    const timer = setInterval(() => setDevice(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const passed = Math.max(0, device - readAt) / 1_000
  return Math.max(0, Math.ceil(until - now - passed))
}

const steps = [10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400]

/** The next of a few steps that is not below: what is read out, and shown to those who want nothing to move. */
export function coarse(seconds: number): number {
  return steps.find((step) => step >= seconds) ?? seconds - (seconds % 3_600)
}

const still = '(prefers-reduced-motion: reduce)'

/** Whether the person has asked for things that do not move. */
export function useStillness(): boolean {
  return useSyncExternalStore(onStillness, isStill, () => false)
}

function onStillness(changed: () => void): () => void {
  const wish = globalThis.matchMedia?.(still)
  wish?.addEventListener('change', changed)
  return () => wish?.removeEventListener('change', changed)
}

function isStill(): boolean {
  return globalThis.matchMedia?.(still).matches ?? false
}
