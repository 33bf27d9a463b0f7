import type { Visit } from '#contract/visit.ts'
import { reasonFacts, type Fix, type Reason } from '#diagnosis/reason.ts'
import { Stepper } from '#ui/stepper.tsx'
import { Words } from './words/words.ts'

/** One debt has one step, whatever it is called: an overdue invoice may be a declined card a moment later. */
const debts: readonly Reason[] = [
  'payment_processing',
  'authentication_required',
  'subscription_incomplete',
  'card_declined',
  'card_expired',
  'invoice_overdue',
  'no_payment_method',
]

type Step = { readonly reason: Reason; readonly fix: Fix }

/** The whole way: what blocked when the app refused and is gone, then what blocks now, in the order of treatment. */
export function stepsOf({ check, diagnosis: { blockers } }: Visit): {
  readonly done: readonly Step[]
  readonly left: readonly Step[]
} {
  const asked = check?.reasons ?? []
  const now = blockers.map(({ reason }) => reason)
  const gone = asked.filter((reason) => !now.includes(reason))
  const renamed = now.filter((reason) => debts.includes(reason) && !asked.includes(reason)).length
  const goneDebts = gone.filter((reason) => debts.includes(reason)).slice(renamed)
  const done = gone.filter((reason) => !debts.includes(reason) || goneDebts.includes(reason))
  return {
    done: done.map((reason) => ({ reason, fix: reasonFacts[reason].fix })),
    left: blockers.map(({ reason, fix }) => ({ reason, fix })),
  }
}

/** "Step 2 of 2": what is done is ticked, what comes is named. Nothing where there is only one. */
export function Steps({ visit }: { readonly visit: Visit }) {
  const { done, left } = stepsOf(visit)
  const steps = [...done, ...left]
  if (steps.length < 2 || visit.diagnosis.verdict === 'unchecked') return null
  return (
    <Stepper
      label={
        left.length > 0 ? (
          <Words id="frame.step" values={{ step: done.length + 1, steps: steps.length }} />
        ) : (
          <Words id="steps.all" values={{ steps: steps.length }} />
        )
      }
      steps={steps.map(({ reason, fix }) => ({ key: reason, name: <Words id={`fix.${fix}`} /> }))}
      current={done.length}
      done={<Words id="steps.done" />}
    />
  )
}
