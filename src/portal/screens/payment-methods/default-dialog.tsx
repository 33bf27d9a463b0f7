import type { MethodsPage, SavedMethod } from '#contract/methods.ts'
import { canPayIn } from '#diagnosis/payable-currencies.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TickBox } from '#ui/tick-box.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { assignDeed } from '#portal/api/methods.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Charges, followersIn } from './charge.tsx'
import { DeedNotice } from './deed-notice.tsx'
import type { News } from './news.tsx'

type DefaultDialogProps = {
  readonly page: MethodsPage
  readonly saved: SavedMethod
  readonly onClose: () => void
  readonly onDone: (news: News) => void
}

/** What another default means: which plans follow it, and which have a method of their own and could be moved. */
export function DefaultDialog({ page, saved, onClose, onDone }: DefaultDialogProps) {
  const format = useFormat()
  const { method } = saved
  const deed = useMutation(assignDeed(useQueryClient()))
  const [moved, move] = useState<readonly string[]>([])
  const followers = followersIn(page)
  const recharges = page.methods.some((one) => one.recharges)
  const settled = page.methods.flatMap((other) =>
    other.method.id === method.id
      ? []
      : other.plans
          .filter(({ own, currency }) => own && canPayIn(method, currency))
          .map((plan) => ({ plan, at: format.face(other.method) })),
  )

  async function save() {
    const { outcome } = await deed.mutateAsync({ with: { method: method.id }, isDefault: true, plans: [...moved] })
    if (outcome.kind === 'done') onDone({ kind: 'isDefault', method })
  }

  return (
    <Dialog
      title={<Words id="methods.defaultTitle" values={{ method: <bdi>{format.face(method)}</bdi> }} />}
      close={<Words id="methods.close" />}
      onClose={onClose}
    >
      <div className="flex flex-col gap-2">
        <p>
          <Words id={followers.length > 0 || recharges ? 'methods.defaultWhy' : 'methods.defaultNothing'} />
        </p>
        {(followers.length > 0 || recharges) && <Charges plans={followers} recharges={recharges} now={page.now} />}
      </div>
      {settled.length > 0 && (
        <div className="flex flex-col gap-3">
          <p>
            <Words id="methods.defaultOwn" />
          </p>
          {settled.map(({ plan: { subscription, plan }, at }) => (
            <TickBox
              key={subscription}
              label={<Words id="methods.moveToo" values={{ plan: <bdi>{plan}</bdi> }} />}
              detail={<Words id="methods.chargedTo" values={{ method: <bdi>{at}</bdi> }} />}
              ticked={moved.includes(subscription)}
              onTick={(ticked) => move(ticked ? [...moved, subscription] : moved.filter((id) => id !== subscription))}
            />
          ))}
        </div>
      )}
      {page.backup?.method === method.id && (
        <p>
          <Words id="backup.becomesFirst" />
        </p>
      )}
      <DeedNotice error={deed.error} outcome={deed.data?.outcome.kind} />
      <Button
        busy={deed.isPending}
        busyText={<Words id="methods.saving" />}
        onClick={() => void save().catch(() => {})}
      >
        <Words id="methods.defaultGo" />
      </Button>
    </Dialog>
  )
}
