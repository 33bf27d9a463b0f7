import type { Ask } from '#contract/ask.ts'
import { Icon } from '#ui/icon.tsx'
import type { ReactNode } from 'react'
import { useFormat } from './format.ts'
import { nameOf } from './person.ts'
import { useWords, Words } from './words/words.ts'

/** What was asked, how far it has come, and what is still to happen; follows by itself. */
export function AskedCard({ ask }: { readonly ask: Ask }) {
  const { say } = useWords()
  const format = useFormat()
  const name = nameOf(ask.to, say)
  const opened = ask.state === 'opened' || ask.state === 'lifted'
  return (
    <output className="flex flex-col gap-3">
      <p className="text-lead font-semibold">
        <Words id="asked.title" values={{ name: <bdi>{name}</bdi> }} />
      </p>
      <ol className="flex flex-col gap-2">
        <Step done={ask.state !== 'sending'}>
          {ask.state === 'sending' ? (
            <Words id="asked.sending" />
          ) : (
            <Words id="asked.sent" values={{ time: format.time(ask.asked) }} />
          )}
        </Step>
        <Step done={opened}>
          {opened ? <Words id="asked.opened" values={{ name: <bdi>{name}</bdi> }} /> : <Words id="asked.unopened" />}
        </Step>
        <Step done={false}>
          <Words id="asked.waiting" />
        </Step>
      </ol>
    </output>
  )
}

function Step({ done, children }: { readonly done: boolean; readonly children: ReactNode }) {
  return (
    <li className={`flex items-center gap-3 ${done ? '' : 'text-quiet'}`}>
      <span className={done ? 'text-success' : ''}>
        <Icon name={done ? 'success' : 'clock'} />
      </span>
      <span>{children}</span>
    </li>
  )
}
