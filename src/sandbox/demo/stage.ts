import type Stripe from 'stripe'
import type { Built } from './building.ts'
import type { Prices } from './prices.ts'
import { registerAccount } from './register-account.ts'
import { members, scenarioOf, type MemberId, type ScenarioName } from './scenarios.ts'

/** A scenario that has been built and that the portal knows of. */
export type Staged = Built & {
  readonly scenario: ScenarioName
  readonly account: string
  readonly label: string
  readonly actor: MemberId
}

export type Stage = {
  readonly stripe: Stripe
  readonly prices: Prices
  readonly portal: string
  readonly key: string
  /** Unix seconds. */
  readonly now: number
}

/** Builds a fresh account in the named state, through Stripe's API alone, and tells the portal about it. */
export async function stageScenario(name: ScenarioName, stage: Stage): Promise<Staged> {
  const { build, label, actor } = scenarioOf(name)
  const account = `acct_${name.replaceAll('-', '_')}_${crypto.randomUUID().slice(0, 8)}`
  const built = await build(stage, { name: label, email: members[0].email })
  await registerAccount(stage, { id: account, label, customer: built.customer })
  return { ...built, scenario: name, account, label, actor }
}
