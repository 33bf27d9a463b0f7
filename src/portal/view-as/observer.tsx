import type { View } from '#contract/desk-view.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { ApiError } from '#portal/api/http.ts'
import { viewQuery } from '#portal/api/view.ts'
import { baseOf } from '#portal/api/view-path.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { buttonLook } from '#ui/button.tsx'
import { intercept, type Pressed } from './intercept.ts'

/** The customer's pages as support sees them: whose they are stands above, and nothing in them can be done. */
export function Observer({ view, children }: { readonly view: string; readonly children: ReactNode }) {
  const { data, error } = useQuery(viewQuery)
  const [pressed, setPressed] = useState<Pressed>()
  useEffect(() => intercept(document, baseOf(view), setPressed), [view])
  const left = useSecondsLeft(data)
  if (left === 0 || (error instanceof ApiError && [401, 404, 410].includes(error.status))) return <Over />
  return (
    <>
      {data && <Banner view={data} left={left} pressed={pressed} />}
      {children}
    </>
  )
}

type BannerProps = { readonly view: View; readonly left: number | undefined; readonly pressed: Pressed | undefined }

function Banner({ view: { account, member }, left, pressed }: BannerProps) {
  const format = useFormat()
  const names = { account: <bdi>{account.label}</bdi>, member: <bdi>{member.name ?? member.id}</bdi> }
  const desk = `/accounts/${encodeURIComponent(account.app)}/${encodeURIComponent(account.id)}`
  return (
    <aside
      data-view-as=""
      className="sticky top-0 z-30 border-b border-edge bg-ink px-4 py-2 text-small text-ground lg:px-8"
    >
      <div className="mx-auto flex max-w-account flex-wrap items-baseline gap-x-4">
        <p className="font-semibold">
          <Words id="viewAs.seeing" values={names} />
        </p>
        <p className="ms-auto flex items-baseline gap-4">
          {left !== undefined && (
            <span>
              <Words id="viewAs.left" values={{ time: format.span(Math.max(60, left - (left % 60))) }} />
            </span>
          )}
          <a href={desk} className="target underline">
            <Words id="viewAs.leave" />
          </a>
        </p>
        <output className="block w-full">
          {pressed ? (
            <Words id={`viewAs.${pressed.kind}`} values={{ ...names, name: pressed.name }} />
          ) : (
            <Words id="viewAs.nothing" values={names} />
          )}
        </output>
      </div>
    </aside>
  )
}

function Over() {
  return (
    <main data-view-as="" className="mx-auto flex min-h-dvh w-full max-w-corridor flex-col justify-center gap-6 px-4">
      <h1 className="text-display font-semibold">
        <Words id="viewAs.over" />
      </h1>
      <p className="text-lead text-quiet">
        <Words id="viewAs.overWhy" />
      </p>
      <a href="/" className={buttonLook('primary')}>
        <Words id="viewAs.desk" />
      </a>
    </main>
  )
}

/** Counted from when the server said so; undefined until it has. */
function useSecondsLeft(view: View | undefined): number | undefined {
  const [tick, setTick] = useState<{ readonly view: View; readonly passed: number }>()
  useEffect(() => {
    if (!view) return
    const began = performance.now()
    const timer = setInterval(() => setTick({ view, passed: Math.floor((performance.now() - began) / 1_000) }), 1_000)
    return () => clearInterval(timer)
  }, [view])
  const passed = tick && tick.view === view ? tick.passed : 0
  return view && Math.max(0, view.until - view.now - passed)
}
