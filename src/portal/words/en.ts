import { accountWords } from './en/account.ts'
import { askingWords } from './en/asking.ts'
import { detailWords } from './en/details.ts'
import { backupWords } from './en/backup.ts'
import { billingDetailsWords } from './en/billing-details.ts'
import { buyingWords } from './en/buying.ts'
import { enterWords } from './en/enter.ts'
import { frameWords } from './en/frame.ts'
import { goOnWords } from './en/go-on.ts'
import { methodWords } from './en/methods.ts'
import { invoiceWords } from './en/invoices.ts'
import { moneyWords } from './en/money.ts'
import { overviewWords } from './en/overview.ts'
import { passingWords } from './en/passing.ts'
import { planWords } from './en/plan.ts'
import { privacyWords } from './en/privacy.ts'
import { peopleWords } from './en/people.ts'
import { reasonWords } from './en/reasons.ts'
import { resultWords } from './en/results.ts'
import { signInWords } from './en/sign-in.ts'
import { usageWords } from './en/usage.ts'
import { stepUpWords } from './en/step-up.ts'
import { viewAsWords } from './en/view-as.ts'

/** English, and the list of all ids: explicit id → ICU message. Other languages satisfy `Record<WordId, string>`. */
export const en = {
  ...frameWords,
  ...accountWords,
  ...reasonWords,
  ...enterWords,
  ...signInWords,
  ...stepUpWords,
  ...resultWords,
  ...overviewWords,
  ...moneyWords,
  ...goOnWords,
  ...buyingWords,
  ...askingWords,
  ...passingWords,
  ...detailWords,
  ...privacyWords,
  ...planWords,
  ...invoiceWords,
  ...billingDetailsWords,
  ...peopleWords,
  ...usageWords,
  ...methodWords,
  ...backupWords,
  ...viewAsWords,
} as const
