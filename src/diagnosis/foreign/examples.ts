import { accountExamples } from './account-examples.ts'
import type { Example } from './example.ts'
import { gatewayExamples } from './gateway-examples.ts'
import { limitExamples } from './limit-examples.ts'
import { modelExamples } from './model-examples.ts'
import { paymentExamples } from './payment-examples.ts'
import { platformExamples } from './platform-examples.ts'

/** Representative refusals of every kind, written for the project. */
export const examples: readonly Example[] = [
  ...paymentExamples,
  ...accountExamples,
  ...modelExamples,
  ...platformExamples,
  ...gatewayExamples,
  ...limitExamples,
]
