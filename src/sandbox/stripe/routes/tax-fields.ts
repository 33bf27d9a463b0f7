import { flag, needed, object, unmodelled } from '#sandbox/stripe/kernel/shape.ts'

export const automaticTax = object({ enabled: needed(flag), liability: unmodelled })
