import type { ContractCheck } from './contract-check.ts'
import type { Webhooks } from './deliver-webhooks.ts'
import type { Fault } from './faults.ts'
import type { RateLimit } from './rate-limit.ts'
import type { World } from './world.ts'

/** What the levers under `/_sandbox/` may pull. */
export type Sandbox = {
  world: World
  webhooks: Webhooks
  faults: Fault[]
  contract: ContractCheck
  rate: { limit: RateLimit | null }
  /** Forgets everything. */
  reset: () => { ok: true }
  /** Sets the sandbox's distance from real time (seconds) and does what fell due on the way. */
  moveTo: (offset: number) => void
}
