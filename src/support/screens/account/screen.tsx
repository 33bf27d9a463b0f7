import { answerQuery } from '#support/api/answer.ts'
import { useSession } from '#support/frame.tsx'
import { checkIn } from '#support/paths.ts'
import { answerWords } from '#support/words/answer.ts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useLocation, useParams } from 'react-router-dom'
import { Account } from './account.tsx'
import { Timeline } from './timeline/timeline.tsx'

/** One account: the answer and the acts on the left, everything that happened on the right; one column on a phone. */
export function Component() {
  const { app = '', account = '' } = useParams()
  const check = checkIn(useLocation().search)
  return (
    <div className="grid min-w-0 items-start gap-6 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-6">
        <Suspense key={`${app} ${account} ${check}`} fallback={<p className="text-quiet">{answerWords.loading}</p>}>
          <Answer app={app} account={account} check={check} />
        </Suspense>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Timeline key={`${app} ${account}`} app={app} account={account} />
      </div>
    </div>
  )
}

type Asked = { readonly app: string; readonly account: string; readonly check: string | undefined }

function Answer({ app, account, check }: Asked) {
  const { merchant } = useSession()
  const { data: answer } = useSuspenseQuery(answerQuery(app, account, check))
  return (
    <>
      <title>{answerWords.title(answer.account.label, merchant.name)}</title>
      <Account answer={answer} />
    </>
  )
}
