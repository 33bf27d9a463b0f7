import type { Log } from '#server/errors.ts'

/** Work in the background that is never done twice at once in this process. */
export type Loop = {
  /** There is something new: look, as soon as the look that runs is over. */
  wake(): void
  /** Waits for the look that runs. No other begins. */
  close(): Promise<void>
}

/**
 * Looks at once, whenever it is woken, and every `sweepMs` milliseconds for what was left undone: after a crash, or while
 * somebody did not answer. `work` is told when to stop; what it throws is logged as `trouble` and looked at again.
 */
export function openLoop(
  log: Log,
  { sweepMs, trouble, work }: { sweepMs: number; trouble: string; work: (isClosed: () => boolean) => Promise<void> },
): Loop {
  let working: Promise<void> = Promise.resolve()
  let again = false
  let closed = false

  async function look(): Promise<void> {
    again = false
    await work(() => closed)
  }

  function wake(): void {
    if (again || closed) return
    again = true
    working = working.then(look).catch((error: unknown) => {
      log.error({ err: error }, trouble)
    })
  }

  const sweep = setInterval(wake, sweepMs)
  sweep.unref()
  wake()
  return {
    wake,
    close: async () => {
      closed = true
      clearInterval(sweep)
      await working
    },
  }
}
