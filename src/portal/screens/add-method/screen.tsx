import type { MethodsPage, SavedMethod } from '#contract/methods.ts'
import type { Visit } from '#contract/visit.ts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, Navigate, useLocation } from 'react-router-dom'
import { AccountPage } from '#portal/account-page.tsx'
import { methodsQuery } from '#portal/api/methods.ts'
import { visitQuery } from '#portal/api/visit.ts'
import { useFormat } from '#portal/format.ts'
import { paths } from '#portal/paths.ts'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { NewMethod } from './new-method.tsx'
import type { Place } from './use-adding.ts'
import { Uses, usesOf, type Use } from './uses.tsx'

/** A further method, or one that takes the place of another: saved, charged where one wishes, and nothing paid now. */
export function Component() {
  const { data: page } = useSuspenseQuery(methodsQuery)
  const { data: visit } = useSuspenseQuery(visitQuery())
  const { search } = useLocation()
  useReturnFromBank(undefined)
  if (!page.mayPay || page.source !== 'live') return <Navigate to={paths.methods} replace />
  const instead = new URLSearchParams(search).get('instead')
  const old = page.methods.find(({ method }) => method.id === instead)
  return <Add page={page} visit={visit} old={old} />
}

type AddProps = { readonly page: MethodsPage; readonly visit: Visit; readonly old: SavedMethod | undefined }

function Add({ page, visit, old }: AddProps) {
  const { say } = useWords()
  const format = useFormat()
  const [use, setUse] = useState<Use>('everything')
  const current = page.methods.find(({ isDefault }) => isDefault)
  const uses = usesOf(page)
  const face = old && format.face(old.method)
  return (
    <AccountPage
      place={page}
      headline={face === undefined ? say('addMethod.title') : say('addMethod.replaceTitle', { method: face })}
      why={old ? <ReplaceWhy old={old} /> : <Words id="addMethod.why" />}
    >
      <div className="flex max-w-corridor flex-col gap-6">
        <NewMethod visit={visit} place={old ? placeOf(old) : placeFor(use, page)} replaces={old !== undefined}>
          {!old && (current ? <Uses page={page} uses={uses} value={use} onChoose={setUse} /> : <First />)}
        </NewMethod>
        <Link to={paths.methods} className="link target self-start">
          <Words id="addMethod.back" />
        </Link>
      </div>
    </AccountPage>
  )
}

function First() {
  return (
    <p>
      <Words id="addMethod.first" />
    </p>
  )
}

/** Exactly what the old one is charged for. */
function ReplaceWhy({ old }: { readonly old: SavedMethod }) {
  const { say } = useWords()
  const format = useFormat()
  const places = [...(old.isDefault ? [say('addMethod.asDefault')] : []), ...old.plans.map(({ plan }) => plan)]
  const method = format.face(old.method)
  return places.length > 0 ? (
    <Words id="addMethod.replaceWhy" values={{ plans: format.list(places), method: <bdi>{method}</bdi> }} />
  ) : (
    <Words id="addMethod.replaceNothing" values={{ method: <bdi>{method}</bdi> }} />
  )
}

function placeOf({ isDefault, plans }: SavedMethod): Place {
  return { isDefault, plans: ownOf(plans) }
}

/** Where nothing is charged by default, the first one is. */
function placeFor(use: Use, { methods }: MethodsPage): Place {
  if (!methods.some(({ isDefault }) => isDefault)) return { isDefault: true, plans: [] }
  const plans = use === 'everything' ? methods.flatMap((one) => ownOf(one.plans)) : []
  return { isDefault: use !== 'spare', plans }
}

function ownOf(plans: SavedMethod['plans']): string[] {
  return plans.filter(({ own }) => own).map(({ subscription }) => subscription)
}
