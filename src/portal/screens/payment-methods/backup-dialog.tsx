import type { MethodsPage, SavedMethod } from '#contract/methods.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { backupDeed } from '#portal/api/methods.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { DeedNotice } from './deed-notice.tsx'
import type { News } from './news.tsx'

type BackupDialogProps = {
  readonly page: MethodsPage
  readonly saved: SavedMethod
  readonly onClose: () => void
  readonly onDone: (news: News) => void
}

/** What is agreed to, before it is: when it is charged, how much, how often, and how that ends. */
export function BackupDialog({ page, saved: { method }, onClose, onDone }: BackupDialogProps) {
  const format = useFormat()
  const deed = useMutation(backupDeed(useQueryClient()))
  const covered = page.methods.filter(
    (other) => other.method.id !== method.id && (other.isDefault || other.plans.length > 0),
  )
  const former = page.methods.find((other) => other.method.id === page.backup?.method)
  const face = <bdi>{format.face(method)}</bdi>

  async function agree() {
    const { kind } = await deed.mutateAsync({ method: method.id, covers: covered.map((other) => other.method.id) })
    if (kind === 'agreed') onDone({ kind: 'isBackup', method })
  }

  return (
    <Dialog
      title={<Words id="backup.title" values={{ method: face }} />}
      close={<Words id="methods.close" />}
      onClose={onClose}
    >
      <p>
        <Words
          id="backup.agree"
          values={{
            covers: (
              <bdi>
                {format.list(
                  covered.map((other) => format.face(other.method)),
                  'disjunction',
                )}
              </bdi>
            ),
            method: face,
            merchant: <bdi>{page.merchant.name}</bdi>,
          }}
        />
      </p>
      <p>
        <Words id="backup.from" /> <Words id="backup.never" />{' '}
        {page.methods.some(({ recharges }) => recharges) && <Words id="backup.notTopUp" />}
      </p>
      <p>
        <Words id="backup.told" values={{ merchant: <bdi>{page.merchant.name}</bdi> }} />
      </p>
      {former && former.method.id !== method.id && (
        <p>
          <Words id="backup.replaces" values={{ method: <bdi>{format.face(former.method)}</bdi> }} />
        </p>
      )}
      <DeedNotice error={deed.error} outcome={deed.data && (deed.data.kind === 'agreed' ? 'done' : 'stale')} />
      <Button
        busy={deed.isPending}
        busyText={<Words id="methods.saving" />}
        onClick={() => void agree().catch(() => {})}
      >
        <Words id="backup.go" />
      </Button>
    </Dialog>
  )
}
