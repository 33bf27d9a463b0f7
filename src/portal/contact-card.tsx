import type { Visit } from '#contract/visit.ts'
import { buttonLook } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { useFormat, type Format } from './format.ts'
import { addressed, isMail } from './letter.ts'
import { useWords, Words, type Say } from './words/words.ts'

type ContactCardProps = {
  readonly visit: Visit
  /** What this screen has found, in a few words. */
  readonly finding: string
}

/** The merchant's address, and everything they will ask for: nothing else is sent, and it can be copied. */
export function ContactCard({ visit, finding }: ContactCardProps) {
  const { say } = useWords()
  const format = useFormat()
  const { merchant, account, check } = visit
  const facts = factsFor(visit, finding, say, format)
  const body = facts.map(({ name, value }) => `${name}: ${value}`).join('\n')
  const subject = check
    ? say('contact.subject', { account: account.label, reference: check.id })
    : say('contact.subjectPlain', { account: account.label })
  const url = merchant.supportUrl
  const writes = url !== undefined && isMail(url)
  return (
    <Card>
      <h2 className="font-medium">
        <Words id={writes ? 'contact.sees' : 'contact.tells'} values={{ merchant: <bdi>{merchant.name}</bdi> }} />
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
        {facts.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="min-w-0 break-words select-all">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-col gap-3">
        {url === undefined ? (
          <p className="text-quiet">
            <Words id="contact.noAddress" values={{ merchant: <bdi>{merchant.name}</bdi> }} />
          </p>
        ) : (
          <a href={addressed(url, { subject, body })} className={buttonLook('primary')}>
            <Words id={writes ? 'contact.write' : 'diagnosis.contact'} values={{ merchant: merchant.name }} />
          </a>
        )}
        <CopyButton
          kind={url === undefined ? 'primary' : 'quiet'}
          text={body}
          copied={<Words id="contact.copied" />}
          refused={<Words id="ask.refused" />}
        >
          <Words id="contact.copy" />
        </CopyButton>
      </div>
    </Card>
  )
}

function factsFor({ account, app, check, now }: Visit, finding: string, say: Say, format: Format) {
  const refused =
    check?.feature === undefined
      ? say('contact.everything', { app: app.name })
      : say('contact.feature', { feature: check.feature, app: app.name })
  return [
    { name: say('contact.account'), value: `${account.label} (${account.id})` },
    { name: say('contact.refused'), value: refused },
    { name: say('contact.when'), value: format.moment(check?.at ?? now, now) },
    { name: say('contact.finding'), value: finding },
    ...(check ? [{ name: say('contact.reference'), value: check.id }] : []),
  ]
}
