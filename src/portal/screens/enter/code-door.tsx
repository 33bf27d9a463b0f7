import type { HintAnswer } from '#contract/hint.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { Link, useNavigate, useNavigation } from 'react-router-dom'
import { Corridor } from '#portal/corridor.tsx'
import { AskUs } from '#portal/frame.tsx'
import { paths } from '#portal/paths.ts'
import { TooMany } from '#portal/sign-in/sign-in-trouble.tsx'
import { useWords, Words } from '#portal/words/words.ts'

type CodeDoorProps = {
  readonly merchant?: Extract<HintAnswer, { kind: 'unknown_code' }>['merchant']
  readonly trouble?: 'wrong'
  /** After too many wrong ones: seconds until another may be tried. */
  readonly wait?: number | undefined
}

/** A short code, typed by hand. */
export function CodeDoor({ merchant, trouble, wait }: CodeDoorProps) {
  const { say } = useWords()
  const navigate = useNavigate()
  const looking = useNavigation().state !== 'idle'
  const [code, setCode] = useState('')
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (trouble === 'wrong') input.current?.focus()
  }, [trouble])

  function submit(event: FormEvent) {
    event.preventDefault()
    const typed = code.trim()
    if (typed === '') input.current?.focus()
    else if (!looking) void navigate(`${paths.code}/${encodeURIComponent(typed)}`)
  }

  return (
    <Corridor
      {...(merchant && { about: { merchant } })}
      headline={say('code.headline')}
      why={<Words id="code.why" />}
      ways={[
        <Link key="in" to={paths.signIn} className="link target">
          <Words id="signIn.byEmail" />
        </Link>,
        merchant && <AskUs key="us" merchant={merchant} />,
      ].filter((way) => way !== undefined)}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          ref={input}
          id="code"
          name="code"
          dir="ltr"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={64}
          value={code}
          onType={setCode}
          label={<Words id="code.field" />}
          {...(trouble === 'wrong' && { error: <span role="alert">{say('code.wrong')}</span> })}
        />
        {wait !== undefined && <TooMany wait={wait} />}
        <Button type="submit" busy={looking} busyText={<Words id="code.looking" />}>
          <Words id="code.go" />
        </Button>
      </form>
    </Corridor>
  )
}
