import { Button, buttonLook } from '#ui/button.tsx'
import { Corridor } from '#portal/corridor.tsx'
import { AskUs } from '#portal/frame.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import type { SignInProps } from './sign-in.tsx'

/** This portal sends no letters: the app is the only way in. */
export function NoMail({ about: { merchant, app, reported } }: Pick<SignInProps, 'about'>) {
  const { say } = useWords()
  return (
    <Corridor
      about={{ merchant }}
      headline={say('signIn.noMail')}
      why={
        <>
          {app && reported !== undefined && (
            <p className="mb-2">
              <Words id="signIn.reported" values={{ app: app.name, reported: say(`cause.${reported}`) }} />
            </p>
          )}
          <p>{app ? <Words id="signIn.noMailApp" values={{ app: app.name }} /> : <Words id="signIn.noMailWhy" />}</p>
        </>
      }
      ways={[<AskUs key="us" merchant={merchant} />]}
    >
      {app ? (
        <a href={app.url} className={buttonLook('primary')}>
          <Words id="signIn.goToApp" values={{ app: app.name }} />
        </a>
      ) : (
        <Button kind="quiet" onClick={() => window.history.back()}>
          <Words id="enter.goBack" />
        </Button>
      )}
    </Corridor>
  )
}
