import type { SignInAnswer } from '#contract/sign-in.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { Choices } from '#ui/choices.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { after } from '#portal/api/after.ts'
import { enterChosenDeed } from '#portal/api/sign-in.ts'
import { Corridor } from '#portal/corridor.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import type { SignInProps } from './sign-in.tsx'
import { SignInTrouble } from './sign-in-trouble.tsx'

type Choosable = Extract<SignInAnswer, { kind: 'choose' }>

type ChooseAccountProps = {
  readonly about: SignInProps['about']
  readonly email: string
  readonly answer: Choosable
  readonly onOther: () => void
  readonly onEntered: () => void
}

/** One of their own accounts; and where the refused request belongs to none of them, that comes first. */
export function ChooseAccount({ about, email, answer: { accounts, elsewhere }, ...on }: ChooseAccountProps) {
  const { say } = useWords()
  const enter = useMutation(enterChosenDeed(useQueryClient()))
  const [chosen, choose] = useState(keyOf(accounts[0]))
  const own = accounts.find((candidate) => keyOf(candidate) === chosen) ?? accounts[0]
  if (!own) return null
  const go = () =>
    after(enter.mutateAsync({ app: own.app.id, account: own.account.id }), ({ kind }) => {
      if (kind === 'entered') on.onEntered()
    })
  const over = enter.data !== undefined && enter.data.kind !== 'entered'
  return (
    <Corridor
      about={{ merchant: about.merchant }}
      headline={say(elsewhere ? 'enter.switch' : 'signIn.choose')}
      why={
        elsewhere ? (
          <Words
            id="signIn.notMember"
            values={{ email: <bdi className="wrap-anywhere">{email}</bdi> }}
            components={{ b: <b className="font-semibold text-ink" /> }}
          />
        ) : (
          <Words id="signIn.chooseWhy" />
        )
      }
      ways={[
        !elsewhere && (
          <LinkButton key="other" onClick={on.onOther}>
            <Words id="signIn.otherAddress" />
          </LinkButton>
        ),
        about.app && (
          <a key="app" href={about.app.url} className="link target">
            <Words id="signIn.openApp" values={{ app: about.app.name }} />
          </a>
        ),
      ].filter((way) => way !== undefined && way !== false)}
    >
      {over && (
        <Notice kind="warning" role="alert" word={<Words id="signIn.expired" />}>
          <Words id="signIn.expiredWhy" />
        </Notice>
      )}
      {enter.isError && <SignInTrouble error={enter.error} />}
      <div className="flex flex-col gap-3">
        {(elsewhere || over) && (
          <Button onClick={on.onOther}>
            <Words id="signIn.otherAddress" />
          </Button>
        )}
        {accounts.length > 1 && (
          <Choices
            legend={<Words id="signIn.accounts" />}
            name="account"
            value={keyOf(own)}
            choices={accounts.map((candidate) => ({
              value: keyOf(candidate),
              label: <bdi>{candidate.account.label}</bdi>,
              detail: <Whence of={candidate} among={accounts} />,
            }))}
            onChoose={choose}
          />
        )}
        <Button
          kind={elsewhere || over ? 'quiet' : 'primary'}
          onClick={go}
          busy={enter.isPending || enter.data?.kind === 'entered'}
          busyText={<Words id="signIn.opening" />}
        >
          <Words id="signIn.goTo" values={{ account: own.account.label }} />
        </Button>
      </div>
    </Corridor>
  )
}

type Own = Choosable['accounts'][number]

/** Two accounts may have one name: then their ids tell them apart. */
function Whence({ of: { app, account }, among }: { readonly of: Own; readonly among: readonly Own[] }) {
  const namesakes = among.filter((other) => other.account.label === account.label && other.app.id === app.id)
  if (namesakes.length < 2) return <Words id="signIn.ofApp" values={{ app: app.name }} />
  return <Words id="signIn.ofAppId" values={{ id: <bdi>{account.id}</bdi>, app: app.name }} />
}

function keyOf(own: Own | undefined): string {
  return own ? `${own.app.id} ${own.account.id}` : ''
}
