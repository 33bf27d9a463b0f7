import { Words } from '#portal/words/words.ts'
import { Notice } from '#ui/notice.tsx'
import { ApiError } from '#portal/api/http.ts'
import { isSignedOut } from '#portal/watch.ts'

type Trouble = 'stale' | 'currency' | 'busy' | 'failed' | 'offline' | 'notAllowed'

const troubles: Readonly<Record<number, Trouble>> = { 0: 'offline', 403: 'notAllowed', 404: 'stale', 409: 'busy' }

/** Why nothing came of it, and that nothing was charged. A lost session is thrown to the trouble screen. */
export function DeedNotice({ error, outcome }: { readonly error: Error | null; readonly outcome: string | undefined }) {
  if (isSignedOut(error)) throw error
  if (!error && (outcome === undefined || outcome === 'done')) return null
  const trouble =
    error instanceof ApiError
      ? (troubles[error.status] ?? 'failed')
      : error
        ? 'failed'
        : outcome === 'refused'
          ? 'currency'
          : 'stale'
  return (
    <Notice kind="warning" role="alert" word={<Words id={`methods.${trouble}`} />}>
      <Words id={`methods.${trouble}Why`} />
    </Notice>
  )
}
