import type { Masked } from '#contract/desk-person.ts'
import { unmask } from '#support/api/link.ts'
import { linkWords } from '#support/words/link.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router-dom'
import { ReasonDialog } from './reason-dialog.tsx'

/** A detail about a person. Where it is masked and this role may look behind it: one look, with a reason. */
export function MaskedText({
  masked: { text, field },
  quiet = false,
}: {
  readonly masked: Masked
  readonly quiet?: boolean
}) {
  const { app = '', account = '' } = useParams()
  const [asks, setAsks] = useState(false)
  const looking = useMutation({
    mutationFn: (reason: string) => unmask(app, account, { field: field ?? '', reason }),
    onSuccess: () => setAsks(false),
  })
  const known = looking.data?.text
  return (
    <span className={`inline-flex min-w-0 flex-wrap items-center gap-x-1 ${quiet ? 'text-quiet' : ''}`}>
      <bdi className="min-w-0">{known ?? text}</bdi>
      {field !== undefined && known === undefined && (
        <button
          type="button"
          aria-label={linkWords.showOf(text)}
          onClick={() => setAsks(true)}
          className="link min-h-6 min-w-6 text-small"
        >
          {linkWords.show}
        </button>
      )}
      {asks && (
        <ReasonDialog
          title={linkWords.showTitle}
          why={linkWords.showWhy}
          go={linkWords.showGo}
          busy={looking.isPending}
          error={looking.error}
          onGo={(reason) => looking.mutate(reason)}
          onClose={() => setAsks(false)}
        />
      )}
    </span>
  )
}
