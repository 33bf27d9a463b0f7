import { parseReason } from '#diagnosis/reason.ts'
import type { App } from './config.ts'
import type { Hands } from './context.ts'
import { plainFixUrl } from './refusal.ts'
import { codeUrl } from './short-code.ts'
import { findCheck } from './store/checks.ts'
import { findCodeOf } from './store/codes.ts'
import type { MailRecord } from './store/mails.ts'

/** What support's letter opens: the refusal by its code while that is good, else what is wrong. It lets nobody in. */
export async function supportUrl(
  { config: { origin }, database, now }: Pick<Hands, 'config' | 'database' | 'now'>,
  app: App,
  mail: Pick<MailRecord, 'app' | 'account' | 'subject'>,
): Promise<string> {
  const check = mail.subject.startsWith('chk_') ? await findCheck(database, mail, mail.subject) : undefined
  if (!check) return plainFixUrl(origin, app.id, parseReason(mail.subject))
  const code = await findCodeOf(database, check, now())
  return code === undefined ? plainFixUrl(origin, app.id, check.reported) : codeUrl(origin, code)
}
