import type { Shares as SharesOf } from '#contract/usage-history.ts'
import { useFormat } from '#portal/format.ts'
import type { WordId } from '#portal/words/message.ts'
import { Words } from '#portal/words/words.ts'
import { Bar } from '#ui/bar.tsx'

type SharesProps = { readonly shares: SharesOf; readonly by: keyof typeof titles; readonly used: number }

const titles = { key: 'usage.byKey', member: 'usage.byMember' } as const satisfies Record<string, WordId>

/** Who used how much, the most first, and all others in one line. */
export function Shares({ shares: { top, rest }, by, used }: SharesProps) {
  const format = useFormat()
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h3 className="font-semibold">
        <Words id={titles[by]} />
      </h3>
      <ul className="flex flex-col gap-2">
        {top.map(({ id, name, used: own }) => (
          <li key={id ?? ''} className="flex flex-col gap-1">
            <p className="flex items-baseline justify-between gap-4">
              {id === undefined ? (
                <span className="text-quiet">
                  <Words id="usage.noKey" />
                </span>
              ) : (
                <bdi className={name === undefined ? 'min-w-0 font-mono text-small' : 'min-w-0'}>{name ?? id}</bdi>
              )}
              <span className="shrink-0 tabular-nums">{format.number(own)}</span>
            </p>
            <Bar part={used === 0 ? 0 : own / used} />
          </li>
        ))}
        {rest && (
          <li className="flex items-baseline justify-between gap-4 text-quiet">
            <Words id="usage.rest" values={{ count: rest.count }} />
            <span className="shrink-0 tabular-nums">{format.number(rest.used)}</span>
          </li>
        )}
      </ul>
    </section>
  )
}
