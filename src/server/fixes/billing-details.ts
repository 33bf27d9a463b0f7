import type { BillingDetailsRequest, Outcome } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { detailsLetter } from '#server/mail/details-letter.ts'
import { addRecipient, findRecipients, removeRecipient } from '#server/store/billing-recipients.ts'
import { insertMail } from '#server/store/mails.ts'
import { isSameAddress } from '#server/store/members.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { finishDraft, readEmail, writeDetails } from '#server/stripe/customer-details.ts'
import { randomId, sha256 } from '#server/token.ts'
import type { Payer } from './deed.ts'

type Completing = Omit<BillingDetailsRequest, 'check'> & { readonly key: string }

/** More would be a mailing list. */
const MOST_RECIPIENTS = 10

/**
 * Writes what the person touched and nothing else, and lets the drafts that waited for it become invoices. Throws
 * ApiError invalid-request, naming the field, for what Stripe would not take.
 */
export async function completeDetails(
  hands: Hands,
  { customer, facts, record }: Payer,
  session: SessionRecord,
  { key, recipient, ...details }: Completing,
): Promise<Outcome> {
  const { stripe } = hands
  const drafts = facts.subscriptions.flatMap(({ draft }) => (draft?.problem === 'location' ? [draft.invoice] : []))
  const before = details.email === undefined ? undefined : await readEmail(stripe, customer)
  const refused = await writeDetails(stripe, customer, details, drafts.length > 0)
  if (refused) throw new ApiError('invalid-request', refused.message, { errors: [refused] })
  if (recipient) await keepRecipient(hands, session, recipient)
  if (details.email !== undefined && !isSameAddress(before, details.email)) {
    const who = record.members.find(({ id }) => id === session.member)?.name
    await tellOfNewAddress(hands, session, { before, after: details.email, account: record.label, who })
  }
  if (!details.address) return { kind: 'done' }
  const finished = await Promise.all(drafts.map((invoice) => finishDraft(stripe, invoice, sha256(`${key} ${invoice}`))))
  return { kind: finished.includes(false) ? 'stale' : 'done' }
}

async function keepRecipient(
  { database, now }: Hands,
  session: SessionRecord,
  recipient: NonNullable<BillingDetailsRequest['recipient']>,
): Promise<void> {
  if ('remove' in recipient) return removeRecipient(database, session, recipient.remove)
  const held = await findRecipients(database, session)
  if (held.length >= MOST_RECIPIENTS) {
    const message = `At most ${MOST_RECIPIENTS} addresses`
    throw new ApiError('invalid-request', message, { errors: [{ path: 'recipient.add', message }] })
  }
  await addRecipient(database, session, recipient.add, now())
}

type Change = {
  readonly before: string | undefined
  readonly after: string
  readonly account: string
  readonly who: string | undefined
}

async function tellOfNewAddress(
  { config, database, now }: Hands,
  session: SessionRecord,
  { before, after, account, who }: Change,
): Promise<void> {
  if (!config.mail) return
  const others = [...(before === undefined ? [] : [before]), ...(await findRecipients(database, session))]
  const told = others.filter(
    (one, at) => !isSameAddress(one, after) && others.findIndex((other) => isSameAddress(one, other)) === at,
  )
  for (const recipient of told) {
    await insertMail(database, {
      app: session.app,
      account: session.account,
      id: randomId('mail_'),
      recipient,
      letter: detailsLetter({ merchant: config.merchant.name, account, who, at: now() }),
      purpose: 'details',
      subject: session.account,
      created: now(),
    })
  }
}
