import { createTransport } from 'nodemailer'
import type { Config } from '#server/config.ts'
import { oneLine } from '#server/plain.ts'

type Mail = {
  /** The same for every try, so that a letter delivered twice is recognised as one (RFC 5322 §3.6.4). */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Where one click stops letters of this kind (RFC 8058). */
  readonly stop?: string
}

/** `refused`: that letter will never be taken. Otherwise the post may only be closed for a while. */
export class MailError extends Error {
  override name = 'MailError'
  readonly refused: boolean

  constructor(code: string, refused: boolean) {
    super(code)
    this.refused = refused
  }
}

/** Throws MailError. */
export type Post = (mail: Mail) => Promise<void>

const PATIENCE_MS = 10_000

/**
 * Hands letters in by SMTP. Names and password go out encrypted only: a server that wants them has to offer TLS.
 * Addresses are given apart from the text, so that none of it can become a header.
 */
export function openPost({ smtpUrl, from }: NonNullable<Config['mail']>): Post {
  const url = new URL(smtpUrl)
  const secure = url.protocol === 'smtps:'
  const auth = url.username !== '' && {
    user: decodeURIComponent(url.username),
    pass: decodeURIComponent(url.password),
  }
  const transport = createTransport({
    host: url.hostname,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: Boolean(auth) && !secure,
    ...(auth && { auth }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: 2 * PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? url.hostname
  return async ({ id, to, subject, text, html, stop }) => {
    try {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject: oneLine(subject),
        text,
        html,
        messageId: `<${id}@${domain}>`,
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(stop !== undefined && {
            'List-Unsubscribe': `<${stop}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      })
    } catch (error) {
      throw mailErrorFrom(error)
    }
  }
}

/** A 5xx about the recipient or the letter is final (RFC 5321 §4.2.1); one about our own name is for us to mend. */
function mailErrorFrom(error: unknown): MailError {
  const { code = 'UNKNOWN', responseCode } = error as { code?: string; responseCode?: number }
  const final = responseCode !== undefined && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  return new MailError(`${code}${responseCode === undefined ? '' : ` ${responseCode}`}`, final)
}
