import type { TermsChange } from '#diagnosis/compare-terms.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Badge } from '#ui/badge.tsx'
import { Icon } from '#ui/icon.tsx'
import type { ReactNode } from 'react'
import { featureName } from './difference.ts'

type EffectsProps = {
  readonly changes: readonly TermsChange[]
  readonly now: number
  /** When it begins; at once where that is not said. */
  readonly from?: number | undefined
}

/** What a change gives and takes, against what is used: read before anybody agrees to it. */
export function Effects({ changes, now, from }: EffectsProps) {
  const format = useFormat()
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">
        {from === undefined ? (
          <Words id="change.effects" />
        ) : (
          <Words id="change.effectsLater" values={{ day: format.day(from, now) }} />
        )}
      </h2>
      {changes.length === 0 ? (
        <p className="text-quiet">
          <Words id="change.noEffects" />
        </p>
      ) : (
        <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
          {changes.map((change) => (
            <li key={keyOf(change)} className="py-2">
              <Effect change={change} now={now} from={from} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function keyOf(change: TermsChange): string {
  if (change.kind === 'feature') return `feature ${change.feature}`
  return change.kind === 'seats' ? 'seats' : `${change.kind} ${change.meter.id}`
}

type EffectProps = Omit<EffectsProps, 'changes'> & { readonly change: TermsChange }

function Effect({ change, now, from }: EffectProps): ReactNode {
  const { say } = useWords()
  const format = useFormat()
  const amount = (limit: { readonly included: number } | undefined) =>
    limit ? format.number(limit.included) : say('effect.none')
  switch (change.kind) {
    case 'feature':
      return <Feature name={featureName(change.feature)} gained={change.gained} />
    case 'limit':
      return (
        <>
          <FromTo what={change.meter.name} before={amount(change.before)} after={amount(change.after)} />
          <Overused change={change} now={now} from={from} />
        </>
      )
    case 'seats': {
      const { before, after, used } = change
      const seats = (count: number | undefined) => (count === undefined ? say('effect.noLimit') : format.number(count))
      return (
        <>
          <FromTo what={<Words id="effect.seats" />} before={seats(before)} after={seats(after)} />
          {used !== undefined && after !== undefined && used > after && (
            <Badge tone="warning" icon="warning">
              {from === undefined ? (
                <Words id="effect.tooFew" values={{ used, count: used - after }} />
              ) : (
                <Words id="effect.tooFewThen" values={{ used, count: used - after, day: format.day(from, now) }} />
              )}
            </Badge>
          )}
        </>
      )
    }
    case 'rate': {
      const rate = (one: typeof change.before) =>
        one
          ? say('effect.rateOf', { limit: format.number(one.limit), span: format.span(one.seconds) })
          : say('effect.noLimit')
      return (
        <FromTo
          what={<Words id="effect.rate" values={{ meter: <bdi>{change.meter.name}</bdi> }} />}
          before={rate(change.before)}
          after={rate(change.after)}
        />
      )
    }
  }
}

function Feature({ name, gained }: { readonly name: string; readonly gained: boolean }) {
  return (
    <p className="flex gap-2">
      <span className={gained ? 'text-success' : 'text-warning'}>
        <Icon name={gained ? 'success' : 'danger'} />
      </span>
      <span className="min-w-0">
        <Words id={gained ? 'effect.gained' : 'effect.lost'} values={{ feature: <bdi>{name}</bdi> }} />
      </span>
    </p>
  )
}

function FromTo({
  what,
  before,
  after,
}: {
  readonly what: ReactNode
  readonly before: string
  readonly after: string
}) {
  return (
    <p className="flex flex-wrap items-baseline justify-between gap-x-4">
      <bdi className="min-w-0">{what}</bdi>
      <span className="ms-auto text-end tabular-nums">
        <Words
          id="effect.fromTo"
          values={{
            before: <bdi className="text-quiet">{before}</bdi>,
            after: <bdi className="font-medium">{after}</bdi>,
          }}
        />
      </span>
    </p>
  )
}

type LimitChange = Extract<TermsChange, { kind: 'limit' }>

/** More is used already than the other plan includes. */
function Overused({ change, now, from }: Omit<EffectProps, 'change'> & { readonly change: LimitChange }) {
  const format = useFormat()
  const { used, after, resets } = change
  if (used === undefined || used <= (after?.included ?? 0)) return null
  const figure = format.number(used)
  const stops = after?.hard ?? true
  return (
    <Badge tone="warning" icon="warning">
      {from !== undefined && (
        <Words
          id={
            resets !== undefined && resets <= from ? 'effect.asMuch' : stops ? 'effect.stopsThen' : 'effect.aboveThen'
          }
          values={{ used: figure, day: format.day(from, now) }}
        />
      )}
      {from === undefined && !stops && <Words id="effect.above" values={{ used: figure }} />}
      {from === undefined && stops && resets === undefined && (
        <Words id="effect.stopsSometime" values={{ used: figure }} />
      )}
      {from === undefined && stops && resets !== undefined && (
        <Words id="effect.stops" values={{ used: figure, day: format.day(resets, now) }} />
      )}
    </Badge>
  )
}
