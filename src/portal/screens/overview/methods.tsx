import type { Overview } from '#contract/overview.ts'
import type { Method } from '#diagnosis/account.ts'
import { Badge } from '#ui/badge.tsx'
import { Icon } from '#ui/icon.tsx'
import { useFormat, type Format } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'

export function Methods({ overview: { methods } }: { readonly overview: Overview }) {
  const format = useFormat()
  return (
    <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {methods.map(({ method, isDefault, expired, usedBy }) => {
        const month = monthOf(method, format)
        return (
          <li key={method.id} className="flex items-start justify-between gap-4 py-3">
            <div className="flex min-w-0 gap-3">
              <span className="text-quiet">
                <Icon name={method.kind === 'card' ? 'card' : 'bank'} />
              </span>
              <div className="min-w-0">
                <p className="tabular-nums">{format.face(method)}</p>
                <p className="text-small text-quiet">
                  {!expired && month !== undefined && <Words id="overview.expires" values={{ month }} />}
                  {!expired && month !== undefined && usedBy.length > 0 && ' · '}
                  {usedBy.length > 0 && <Words id="overview.usedBy" values={{ plans: format.list(usedBy) }} />}
                </p>
                {expired && month !== undefined && (
                  <Badge tone="danger" icon="danger">
                    <Words id="overview.expired" values={{ month }} />
                  </Badge>
                )}
              </div>
            </div>
            {isDefault && (
              <span className="shrink-0">
                <Badge>
                  <Words id="overview.default" />
                </Badge>
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function monthOf({ expMonth, expYear }: Method, format: Format): string | undefined {
  return expMonth === undefined || expYear === undefined ? undefined : format.month(expMonth, expYear)
}
