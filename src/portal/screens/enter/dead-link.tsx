import type { ExchangeAnswer } from '#contract/visit.ts'
import { Button, buttonLook } from '#ui/button.tsx'
import { Corridor } from '#portal/corridor.tsx'
import { Words, useWords } from '#portal/words/words.ts'

/** Says nothing about any account: whoever holds a dead link may be anybody. */
export function DeadLink({
  answer,
}: {
  readonly answer: Extract<ExchangeAnswer, { kind: 'used' | 'expired' | 'invalid' }>
}) {
  const { say } = useWords()
  const about = { merchant: answer.merchant }
  if (answer.kind === 'invalid') {
    return (
      <Corridor about={about} headline={say('enter.invalid')} why={<Words id="enter.invalidWhy" />}>
        <Button kind="quiet" onClick={() => window.history.back()}>
          <Words id="enter.goBack" />
        </Button>
      </Corridor>
    )
  }
  const { app, kind } = answer
  return (
    <Corridor
      about={about}
      headline={say(`enter.${kind}`)}
      why={<Words id={`enter.${kind}Why`} values={{ app: app.name }} />}
    >
      <a href={app.url} className={buttonLook('primary')}>
        <Words id="enter.newLink" values={{ app: app.name }} />
      </a>
    </Corridor>
  )
}
