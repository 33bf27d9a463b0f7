import type { ExchangeAnswer } from '#contract/visit.ts'
import { buttonLook } from '#ui/button.tsx'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { Corridor } from '#portal/corridor.tsx'
import { paths } from '#portal/paths.ts'
import { Words, useWords } from '#portal/words/words.ts'

type ConfirmProps = {
  readonly answer: Extract<ExchangeAnswer, { kind: 'continue' | 'switch' }>
  /** The button that goes on, and what became of it. */
  readonly children: ReactNode
}

/** Names the account before anything of it is shown. */
export function Confirm({ answer, children }: ConfirmProps) {
  const { say } = useWords()
  const { account, app } = answer
  if (answer.kind === 'continue') {
    return (
      <Corridor
        about={answer}
        headline={say('enter.continue', { account: account.label })}
        why={<WhyContinue answer={answer} />}
        ways={[
          <a key="app" href={app.url} className="link target">
            <Words id="enter.backInstead" values={{ app: app.name }} />
          </a>,
        ]}
      >
        {children}
      </Corridor>
    )
  }
  return (
    <Corridor
      about={{ merchant: answer.merchant }}
      headline={say('enter.switch')}
      ways={[
        <a key="app" href={app.url} className="link target">
          <Words id="enter.backInstead" values={{ app: app.name }} />
        </a>,
      ]}
      why={
        <Words
          id="enter.switchWhy"
          values={{ account: <bdi>{apart(account, answer.from)}</bdi>, from: <bdi>{apart(answer.from, account)}</bdi> }}
          components={{ b: <b className="font-semibold text-ink" /> }}
        />
      }
    >
      <div className="flex flex-col gap-3">
        {children}
        <Link to={paths.home} replace className={buttonLook('quiet')}>
          <Words id="enter.stay" values={{ from: apart(answer.from, account) }} />
        </Link>
      </div>
    </Corridor>
  )
}

/** Who made the link: the app, or a colleague who asks. */
function WhyContinue({ answer: { app, ask } }: { readonly answer: Extract<ExchangeAnswer, { kind: 'continue' }> }) {
  if (!ask) return <Words id="enter.continueWhy" values={{ app: app.name }} />
  if (ask.from === undefined || ask.to === undefined) return <Words id="enter.askPlain" />
  return <Words id="enter.askWhy" values={{ from: <bdi>{ask.from}</bdi>, to: <bdi>{ask.to}</bdi> }} />
}

type Named = { readonly id: string; readonly label: string }

/** Two accounts may have one name: then their ids tell them apart. */
export function apart({ id, label }: Named, other: Named): string {
  return label === other.label ? `${label} (${id})` : label
}
