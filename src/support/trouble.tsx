import { signInTroubles, type SignInTrouble } from '#contract/staff.ts'
import { Button, buttonLook } from '#ui/button.tsx'
import { useLocation, useRouteError } from 'react-router-dom'
import { DeskError } from './api/http.ts'
import { signInPath } from './paths.ts'
import { frameWords, troubleWords } from './words/frame.ts'

const whys: Readonly<Record<number, string>> = {
  0: frameWords.offline,
  403: frameWords.notAllowed,
  404: frameWords.missing,
  429: frameWords.tooMany,
}

/** Where every failure of a page ends: what happened, and a way on. */
export function Trouble() {
  const error = useRouteError()
  const status = error instanceof DeskError ? error.status : 500
  if (status === 401) return <SignedOut />
  const reference = error instanceof DeskError ? error.problem?.request_id : undefined
  return (
    <section className="flex max-w-letter flex-col gap-3 p-4 in-[main]:p-0">
      <title>{frameWords.failed}</title>
      <h1 className="text-title font-semibold">{frameWords.failed}</h1>
      <p>{whys[status] ?? (error instanceof DeskError ? error.problem?.title : frameWords.offline)}</p>
      {reference !== undefined && <p className="text-small text-quiet select-all">{reference}</p>}
      <div>
        <Button kind="quiet" wide={false} onClick={() => window.location.reload()}>
          {frameWords.again}
        </Button>
      </div>
    </section>
  )
}

/** Nobody is signed in: why, where it is known, and the way in that leads back to here. */
function SignedOut() {
  const { pathname, search } = useLocation()
  const told = new URLSearchParams(search).get('trouble')
  const trouble = signInTroubles.find((known): known is SignInTrouble => known === told)
  const why = trouble ? troubleWords[trouble] : pathname === '/' ? frameWords.signInWhy : frameWords.overWhy
  const to = trouble ? '/' : pathname + search
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-corridor flex-col justify-center gap-6 px-4">
      <title>{frameWords.desk}</title>
      <h1 className="text-display font-semibold">{pathname === '/' ? frameWords.desk : frameWords.over}</h1>
      <p role={trouble ? 'alert' : undefined} className="text-lead text-quiet">
        {why}
      </p>
      <a href={signInPath(to)} className={buttonLook('primary')}>
        {frameWords.signIn}
      </a>
    </main>
  )
}
