import type { MethodsPage, SavedMethod } from '#contract/methods.ts'
import { canPayAll } from '#diagnosis/payable-currencies.ts'
import { Button, buttonLook } from '#ui/button.tsx'
import { Choices } from '#ui/choices.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router-dom'
import { after } from '#portal/api/after.ts'
import { removeDeed } from '#portal/api/methods.ts'
import { useFormat } from '#portal/format.ts'
import { paths } from '#portal/paths.ts'
import { payableIn } from '#portal/payments/saved-methods.tsx'
import { useStepUp } from '#portal/step-up/use-step-up.tsx'
import { Words } from '#portal/words/words.ts'
import { Charges, followersIn } from './charge.tsx'
import { DeedNotice } from './deed-notice.tsx'
import type { News } from './news.tsx'

type RemoveDialogProps = {
  readonly page: MethodsPage
  readonly saved: SavedMethod
  readonly onClose: () => void
  readonly onDone: (news: News) => void
}

/** What is charged to it and when, what takes its place; where nothing can, the ways on. */
export function RemoveDialog({ page, saved, onClose, onDone }: RemoveDialogProps) {
  const format = useFormat()
  return (
    <Dialog
      title={<Words id="methods.removeTitle" values={{ method: <bdi>{format.face(saved.method)}</bdi> }} />}
      close={<Words id="methods.close" />}
      onClose={onClose}
    >
      {saved.removal === 'in-flight' && saved.paying && (
        <p>
          <Words id="methods.inFlight" values={{ amount: format.money(saved.paying) }} />
        </p>
      )}
      {saved.removal === 'add-first' && <AddFirst page={page} saved={saved} />}
      {(saved.removal === 'free' || saved.removal === 'hand-over') && (
        <Removal page={page} saved={saved} onDone={onDone} />
      )}
    </Dialog>
  )
}

function AddFirst({ page, saved }: Pick<RemoveDialogProps, 'page' | 'saved'>) {
  return (
    <>
      <Consequences page={page} saved={saved} />
      <p>
        <Words id="methods.lastWhy" />
      </p>
      <Link
        to={`${paths.addMethod}?${new URLSearchParams({ instead: saved.method.id })}`}
        className={buttonLook('primary')}
      >
        <Words id="methods.addFirst" />
      </Link>
      {saved.plans.length > 0 && (
        <Link to={paths.plan} className="link target self-start">
          <Words id="methods.cancelPlan" />
        </Link>
      )}
    </>
  )
}

function Consequences({ page, saved: { plans, recharges } }: Pick<RemoveDialogProps, 'page' | 'saved'>) {
  if (plans.length === 0 && !recharges) return null
  return (
    <div className="flex flex-col gap-2">
      <p>
        <Words id="methods.removeCharged" />
      </p>
      <Charges plans={plans} recharges={recharges} now={page.now} />
    </div>
  )
}

function Removal({ page, saved, onDone }: Omit<RemoveDialogProps, 'onClose'>) {
  const format = useFormat()
  const { method, plans, removal } = saved
  const { deed, dialog } = useStepUp(removeDeed(useQueryClient()))
  const needed = [...plans, ...(saved.isDefault ? followersIn(page) : [])].flatMap(({ currency }) => currency ?? [])
  const others = page.methods.filter((other) => other.usable && other.method.id !== method.id)
  const heirs = others.filter((other) => canPayAll(other.method, needed))
  const [chosen, choose] = useState(heirs[0]?.method.id)
  // Another tab may have taken it away while this one is open.
  const heir = heirs.find((other) => other.method.id === chosen) ?? heirs[0]
  const instead = removal === 'hand-over' ? heir?.method : undefined

  function remove() {
    const wish = {
      method: method.id,
      plans: plans.map(({ subscription }) => subscription),
      ...(instead && { instead: instead.id }),
    }
    after(deed.mutateAsync(wish), ({ outcome }) => {
      if (outcome.kind === 'done') onDone({ kind: 'removed', method })
    })
  }

  return (
    <>
      <Consequences page={page} saved={saved} />
      {removal === 'free' ? (
        <p>
          <Words id={plans.length > 0 ? 'methods.removeEnding' : 'methods.removeFree'} />
        </p>
      ) : (
        <>
          {plans.length === 0 && !saved.recharges && (
            <p>
              <Words id="methods.removeDefault" />
            </p>
          )}
          <Choices
            legend={<Words id="methods.instead" />}
            name="instead"
            value={heir?.method.id}
            choices={others.map((other) => ({
              value: other.method.id,
              label: <bdi>{format.face(other.method)}</bdi>,
              ...(other.isDefault && { detail: <Words id="methods.default" /> }),
              ...(!heirs.includes(other) && {
                detail: <Words id="methods.pays" values={{ currencies: payableIn(other.method, format) }} />,
                disabled: true,
              }),
            }))}
            onChoose={choose}
          />
          <p className="text-small text-quiet">
            <Words id="methods.removeWhy" />
          </p>
        </>
      )}
      {page.backup?.method === method.id && (
        <p>
          <Words id="backup.goesWith" />
        </p>
      )}
      <DeedNotice error={deed.error} outcome={deed.data?.outcome.kind} />
      <Button busy={deed.isPending} busyText={<Words id="methods.removing" />} onClick={remove}>
        {instead ? (
          <Words id="methods.removeInstead" values={{ method: format.face(instead) }} />
        ) : (
          <Words id="methods.removeGo" />
        )}
      </Button>
      {dialog}
    </>
  )
}
