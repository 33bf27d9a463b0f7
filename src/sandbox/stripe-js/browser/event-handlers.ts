import { IntegrationError } from './integration-error.ts'

export type Handler = (event?: unknown) => unknown

export type Handlers = {
  on(name: string, handler: unknown, once?: boolean): void
  off(name: string, handler?: unknown): void
  emit(name: string, event?: unknown): void
}

type Entry = { handler: Handler; once: boolean }

/** Stripe.js's own small emitter: a handler removed while an event is told is not told it any more. */
export function createHandlers(): Handlers {
  const entries = new Map<string, Entry[]>()
  return {
    on(name, handler, once = false) {
      if (typeof handler !== 'function') {
        throw new IntegrationError(`When adding an event listener, the second argument should be a function.`)
      }
      // Any function is a Handler: what it takes beyond the event, it does not get.
      entries.set(name, [...(entries.get(name) ?? []), { handler: handler as Handler, once }])
    },
    off(name, handler) {
      const rest = (entries.get(name) ?? []).filter((entry) => handler !== undefined && entry.handler !== handler)
      entries.set(name, rest)
    },
    emit(name, event) {
      for (const entry of entries.get(name) ?? []) {
        if (!entries.get(name)?.includes(entry)) continue
        if (entry.once) entries.set(name, entries.get(name)?.filter((kept) => kept !== entry) ?? [])
        entry.handler(event)
      }
    },
  }
}
