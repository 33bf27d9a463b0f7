import { stopDeed } from '#portal/api/usage.ts'
import { Corridor } from '#portal/corridor.tsx'
import { Words, useWords } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation } from '@tanstack/react-query'
import { useSearchParams } from 'react-router-dom'

/** Behind the last line of a letter about usage: no more of them, without signing in. A click, since mail scanners follow links. */
export function Component() {
  const { say } = useWords()
  const [search] = useSearchParams()
  const choose = useMutation(stopDeed(search.get('stop') ?? ''))
  const isStopped = choose.isSuccess && !choose.variables
  return (
    <Corridor
      headline={say(isStopped ? 'letters.stopped' : 'letters.ask')}
      why={<Words id={isStopped ? 'letters.stoppedWhy' : 'letters.askWhy'} />}
    >
      {choose.isSuccess && choose.variables && <Notice kind="success" word={say('letters.again')} />}
      {choose.isError && (
        <Notice kind="danger" role="alert" word={say('letters.failed')}>
          <Words id="letters.failedWhy" />
        </Notice>
      )}
      <Button kind={isStopped ? 'quiet' : 'primary'} busy={choose.isPending} onClick={() => choose.mutate(isStopped)}>
        <Words id={isStopped ? 'letters.start' : 'letters.stop'} />
      </Button>
    </Corridor>
  )
}
