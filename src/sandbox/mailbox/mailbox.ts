import { once } from 'node:events'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { mailboxPage } from './mailbox-page.ts'

/** A letter as its reader sees it, and as the envelope said. */
export type ReceivedMail = {
  readonly id: number
  /** Unix seconds. */
  readonly received: number
  readonly from: string
  /** The envelope's recipients: where it really went, whatever its headers claim. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

export type Mailbox = {
  /** Listens for SMTP on localhost; 0 picks a free port. Answers the port. */
  listen: (port: number) => Promise<number>
  /** `/mailbox` for people, `/_sandbox/mails` for programs; undefined for every other address. */
  answer: (url: URL) => { status: number; headers: Record<string, string>; body: string } | undefined
  /** Newest first. */
  mails: (to?: string) => readonly ReceivedMail[]
  /** Until it is mended: refuses recipients for good (550), or everything for now (451). */
  fail: (how: 'refuse' | 'later' | undefined) => void
  close: () => Promise<void>
}

const KEPT = 500

/** A mail server that delivers nothing: what is sent to it can be read, and is gone when it stops. */
export function createMailbox(now: () => number = Date.now): Mailbox {
  const received: ReceivedMail[] = []
  let failing: 'refuse' | 'later' | undefined
  let count = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_, __, callback) => callback(failureOf(failing)),
    onData: (stream, { envelope }, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        void keep(
          Buffer.concat(chunks),
          envelope.rcptTo.map(({ address }) => address),
        ).then(() => callback(), callback)
      })
    },
  })
  // A client that goes away in the middle of a letter is no reason to stop.
  server.on('error', () => {})

  async function keep(raw: Buffer, to: readonly string[]): Promise<void> {
    const { from, subject = '', text = '', html = '', headers } = await PostalMime.parse(raw)
    count += 1
    received.unshift({
      id: count,
      received: Math.floor(now() / 1_000),
      from: from?.address ?? '',
      to,
      subject,
      text,
      html,
      headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])),
    })
    received.length = Math.min(received.length, KEPT)
  }

  const mailsTo = (to?: string) => received.filter((mail) => to === undefined || mail.to.includes(to))

  return {
    listen: async (port) => {
      const listening = server.listen(port, 'localhost')
      await once(listening, 'listening')
      const bound = listening.address()
      return typeof bound === 'object' && bound !== null ? bound.port : port
    },
    answer: ({ pathname, searchParams }) => {
      const mails = mailsTo(searchParams.get('to') ?? undefined)
      if (pathname === '/mailbox') return mailboxPage(mails)
      if (pathname !== '/_sandbox/mails') return undefined
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mails }) }
    },
    mails: mailsTo,
    fail: (how) => {
      failing = how
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function failureOf(how: 'refuse' | 'later' | undefined): Error | null {
  if (how === undefined) return null
  const responseCode = how === 'refuse' ? 550 : 451
  return Object.assign(new Error(how === 'refuse' ? 'No such mailbox' : 'Try again later'), { responseCode })
}
