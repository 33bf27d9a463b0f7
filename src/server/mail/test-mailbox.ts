import { expect } from 'vitest'

type Letter = {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

/** A running mail server to test against. */
type Mailbox = {
  listen: (port: number) => Promise<number>
  mails: (to?: string) => readonly Letter[]
  fail: (how: 'refuse' | 'later' | undefined) => void
  close: () => Promise<void>
}

/** For tests: a mail server of their own, and what arrived there. */
export type TestMailbox = {
  readonly mail: { readonly smtpUrl: string; readonly from: string }
  /** The newest letter to this address, once it has arrived. */
  arrived: (to: string, count?: number) => Promise<Letter>
  count: (to?: string) => number
  fail: Mailbox['fail']
  close: () => Promise<void>
}

export async function openTestMailbox(mailbox: Mailbox): Promise<TestMailbox> {
  const port = await mailbox.listen(0)
  return {
    mail: { smtpUrl: `smtp://localhost:${port}`, from: 'Northwind Maps <billing@northwind.example>' },
    arrived: async (to, count = 1) => {
      await expect.poll(() => mailbox.mails(to).length, { timeout: 10_000 }).toBe(count)
      const [newest] = mailbox.mails(to)
      if (!newest) throw new Error(`nothing arrived for ${to}`)
      return newest
    },
    count: (to) => mailbox.mails(to).length,
    fail: mailbox.fail,
    close: mailbox.close,
  }
}

/** What the one link of a letter hands over in its fragment. */
export function linkIn({ text }: Letter): string {
  return /#(?:t|g)=(\S+)/.exec(text)?.[1] ?? ''
}

/** The six digits of a sign-in's letter. */
export function codeIn({ text }: Letter): string {
  return /^\d{6}$/m.exec(text)?.[0] ?? ''
}
