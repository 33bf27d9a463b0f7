import { englishDoubts } from './english-doubts.ts'
import { englishLimits } from './english-limits.ts'
import { openLimits } from './english-open-limits.ts'
import { openPayments } from './english-open-payments.ts'
import { englishPayments } from './english-payments.ts'
import type { Phrases } from './phrases.ts'

/** What refusals say in English. */
export const english: Phrases = {
  says: { ...englishPayments, ...englishLimits },
  open: [...openPayments, ...openLimits],
  ...englishDoubts,
}
