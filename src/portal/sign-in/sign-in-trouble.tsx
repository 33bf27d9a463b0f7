import { Notice } from '#ui/notice.tsx'
import { ApiError } from '#portal/api/http.ts'
import { Words } from '#portal/words/words.ts'

/** Nothing was sent or changed, and when to try again. */
export function SignInTrouble({ error }: { readonly error: Error }) {
  if (error instanceof ApiError && error.status === 429) return <TooMany wait={error.retryAfter} />
  return (
    <Notice kind="danger" role="alert" word={<Words id="enter.failed" />}>
      <Words id="signIn.failedWhy" />
    </Notice>
  )
}

/** `wait`: seconds. */
export function TooMany({ wait = 60 }: { readonly wait: number | undefined }) {
  return (
    <Notice kind="warning" role="alert" word={<Words id="signIn.tooMany" />}>
      <Words id="signIn.tooManyWhy" values={{ minutes: Math.max(1, Math.ceil(wait / 60)) }} />
    </Notice>
  )
}
