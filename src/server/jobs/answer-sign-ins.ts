import type { Hands } from '#server/context.ts'
import { signInLetter } from '#server/mail/sign-in-letter.ts'
import { membershipsOf } from '#server/sign-in.ts'
import { insertMail } from '#server/store/mails.ts'
import { findSignInsToAnswer, forgetSignIns, markSignInAnswered, type SignInRecord } from '#server/store/sign-ins.ts'
import { randomId } from '#server/token.ts'

const BATCH = 50

/** Writes to whoever asked to sign in and is known; nobody else is ever written to. What is over is forgotten. */
export async function answerSignIns(hands: Hands): Promise<void> {
  const { database, now } = hands
  await forgetSignIns(database, now())
  for (const signIn of await findSignInsToAnswer(database, now(), BATCH)) await answer(hands, signIn)
}

async function answer(hands: Hands, signIn: SignInRecord): Promise<void> {
  const { config, database } = hands
  const now = hands.now()
  const memberships = await membershipsOf(hands, signIn)
  const [first] = [...memberships.filter(({ app }) => app === signIn.app), ...memberships]
  const app = config.apps.find(({ id }) => id === first?.app)
  await database.transaction(async (queries) => {
    if (!(await markSignInAnswered(queries, signIn.id, now)) || !first || !app) return
    await insertMail(queries, {
      app: first.app,
      account: first.account,
      id: randomId('mail_'),
      // As the app wrote it, never as a stranger typed it.
      recipient: first.email,
      letter: signInLetter({ merchant: config.merchant.name, expires: signIn.expires }),
      purpose: 'sign_in',
      subject: signIn.id,
      created: now,
    })
  })
}
