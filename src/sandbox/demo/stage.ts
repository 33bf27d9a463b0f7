import type { Built } from './building.ts'
import type { Lab } from './lab.ts'
import { members, type MemberId } from './members.ts'
import { registerAccount } from './register-account.ts'
import { reportMonth, reportUsage } from './report-usage.ts'
import { scenarioOf, type ScenarioName } from './scenarios.ts'

/** A scenario that has been built and that the portal knows of. */
export type Staged = Built & {
  readonly scenario: ScenarioName
  readonly account: string
  readonly label: string
  readonly actor: MemberId
}

export type Stage = Lab & {
  readonly portal: string
  readonly key: string
}

/** Builds a fresh account in the named state at Stripe, and tells the portal what an app would tell it. */
export async function stageScenario(name: ScenarioName, stage: Stage): Promise<Staged> {
  const { build, label, actor, says: { hold, used, daily, ...says } = {} } = scenarioOf(name)
  const account = `acct_${name.replaceAll(/\W/g, '_')}_${crypto.randomUUID().slice(0, 8)}`
  const built = await build(stage, { name: label, email: members[0].email })
  const { customer } = built
  await registerAccount(stage, {
    ...says,
    id: account,
    label,
    customer,
    ...(hold && { hold: { ...hold, since: stage.now } }),
  })
  if (used) await reportUsage(stage, account, used)
  if (daily) await reportMonth(stage, account, daily)
  return { ...built, scenario: name, account, label, actor }
}
