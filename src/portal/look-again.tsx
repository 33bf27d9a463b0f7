import { Button, type ButtonKind } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { visitQuery } from '#portal/api/visit.ts'
import { isSignedOut } from '#portal/watch.ts'
import { Words } from '#portal/words/words.ts'

/** Asks again at a person's word, and says what came of it even when nothing did. */
export function LookAgain({ kind, check }: { readonly kind: ButtonKind; readonly check: string | undefined }) {
  const client = useQueryClient()
  const look = useMutation({
    mutationFn: () => client.fetchQuery({ ...visitQuery(check), staleTime: 0, retry: false }),
    networkMode: 'always',
  })
  // The page's own trouble screen knows this one.
  if (isSignedOut(look.error)) throw look.error
  return (
    <div className="flex flex-col gap-3">
      <Button
        data-reads
        kind={kind}
        onClick={() => look.mutate()}
        busy={look.isPending}
        busyText={<Words id="frame.checking" />}
      >
        <Words id="frame.checkAgain" />
      </Button>
      <output className="block text-small text-quiet">{look.isSuccess && <Words id="diagnosis.lookedAgain" />}</output>
      {look.isError && (
        <Notice kind="warning" role="alert" word={<Words id="diagnosis.failed" />}>
          <Words id="diagnosis.failedWhy" />
        </Notice>
      )}
    </div>
  )
}
