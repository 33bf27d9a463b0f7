import type { Overview } from '#contract/overview.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { freshOverviewQuery } from '#portal/api/overview.ts'
import { useFormat, type Format } from '#portal/format.ts'
import { isSignedOut } from '#portal/watch.ts'
import { useWords, Words } from '#portal/words/words.ts'

/** Stripe is asked now, at a person's word. */
function useLook() {
  const client = useQueryClient()
  const look = useMutation({
    mutationFn: () => client.fetchQuery(freshOverviewQuery),
    networkMode: 'always',
  })
  // The page's own trouble screen knows this one.
  if (isSignedOut(look.error)) throw look.error
  return look
}

/** Stripe does not answer, or we ourselves do not: how old is what stands here. Nothing where all is well. */
export function Silence({ overview, failed }: { readonly overview: Overview; readonly failed: boolean }) {
  const { say } = useWords()
  const format = useFormat()
  const { live } = overview.diagnosis
  if (live && !failed) return null
  return (
    <Notice
      kind="info"
      {...(failed && { role: 'status' })}
      word={say(live ? 'overview.unreached' : 'frame.asOf', { time: timeOf(overview, format) })}
    >
      <LookLink />
    </Notice>
  )
}

/** The quiet line below: when this was read, and a way to read it again. */
export function AsOf({ overview }: { readonly overview: Overview }) {
  const format = useFormat()
  if (!overview.diagnosis.live) return null
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 text-small text-quiet">
      <span>
        <Words id="overview.asOf" values={{ time: timeOf(overview, format) }} />
      </span>
      <LookLink />
    </div>
  )
}

/** The day too, where it is another one. */
function timeOf({ diagnosis: { asOf }, now }: Overview, format: Format): string {
  return Math.floor(asOf / 86_400) === Math.floor(now / 86_400) ? format.time(asOf) : format.moment(asOf, now)
}

function LookLink() {
  const look = useLook()
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-4">
      <LinkButton aria-disabled={look.isPending || undefined} onClick={() => !look.isPending && look.mutate()}>
        <Words id={look.isPending ? 'frame.checking' : 'frame.checkAgain'} />
      </LinkButton>
      <Result look={look} />
    </span>
  )
}

export function LookAgain() {
  const look = useLook()
  return (
    <div className="flex max-w-corridor flex-col gap-3">
      <Button kind="quiet" onClick={() => look.mutate()} busy={look.isPending} busyText={<Words id="frame.checking" />}>
        <Words id="frame.checkAgain" />
      </Button>
      <Result look={look} />
    </div>
  )
}

function Result({ look }: { readonly look: ReturnType<typeof useLook> }) {
  return (
    <output className="text-small text-quiet">
      {look.isSuccess && <Words id={look.data.diagnosis.live ? 'overview.looked' : 'overview.stillSilent'} />}
      {look.isError && <Words id="overview.lookFailed" />}
    </output>
  )
}
