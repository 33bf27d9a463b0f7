import type { MethodsPage } from '#contract/methods.ts'
import { LinkButton } from '#ui/button.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { withdrawDeed } from '#portal/api/methods.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { DeedNotice } from './deed-notice.tsx'
import type { News } from './news.tsx'

type StandsByProps = { readonly page: MethodsPage; readonly backup: NonNullable<MethodsPage['backup']> }

/** What was agreed, by whom and when. */
export function StandsBy({ page, backup: { given, by } }: StandsByProps) {
  const day = useFormat().shortDay(given, page.now)
  return (
    <p className="text-small text-quiet">
      {by === undefined ? (
        <Words id="backup.standsBy" values={{ day }} />
      ) : (
        <Words id="backup.standsByWhose" values={{ day, who: <bdi>{by}</bdi> }} />
      )}
    </p>
  )
}

/** One click, and nothing is charged in place of another one any more. */
export function StopBackup({ face, onDone }: { readonly face: string; readonly onDone: (news: News) => void }) {
  const { say } = useWords()
  const deed = useMutation(withdrawDeed(useQueryClient()))
  return (
    <>
      <LinkButton
        aria-label={say('backup.stopOf', { method: face })}
        onClick={() => {
          if (!deed.isPending) deed.mutate(undefined, { onSuccess: () => onDone({ kind: 'noBackup' }) })
        }}
      >
        <Words id={deed.isPending ? 'backup.stopping' : 'backup.stop'} />
      </LinkButton>
      <DeedNotice error={deed.isPending ? null : deed.error} outcome={undefined} />
    </>
  )
}
