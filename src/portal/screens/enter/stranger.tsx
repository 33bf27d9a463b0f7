import { parseReason } from '#diagnosis/reason.ts'
import { Button } from '#ui/button.tsx'
import { useSearchParams } from 'react-router-dom'
import { Corridor } from '#portal/corridor.tsx'
import { Words, useWords } from '#portal/words/words.ts'

/** No session and no ticket. What the address claims is repeated as a claim; who they are is not known. */
export function Stranger() {
  const { say } = useWords()
  const reported = parseReason(useSearchParams()[0].get('reason') ?? undefined)
  return (
    <Corridor
      headline={say('enter.stranger')}
      why={
        <>
          {reported !== 'unknown' && (
            <p className="mb-2">
              <Words id="enter.strangerReported" values={{ reported: say(`cause.${reported}`) }} />
            </p>
          )}
          <p>
            <Words id="enter.strangerWhy" />
          </p>
        </>
      }
    >
      <Button kind="quiet" onClick={() => window.history.back()}>
        <Words id="enter.goBack" />
      </Button>
    </Corridor>
  )
}
