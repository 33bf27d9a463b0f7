import type { CloseNoteActSchema, DeskDone, NoteActSchema } from '#contract/desk-acts.ts'
import type { z } from 'zod'
import { ApiError } from '#server/errors.ts'
import { closeNote, insertNote } from '#server/store/desk-notes.ts'
import { randomId } from '#server/token.ts'
import { actOnce, refusedAt, type Attempt } from './act-once.ts'

/**
 * Pins a note to a reason or an open invoice of the account, in the place of another one if that is said. What it says is
 * for staff: it is in no audit row and in no answer to the customer. Throws ApiError not-found, invalid-request.
 */
export async function addNote(attempt: Attempt, request: z.infer<typeof NoteActSchema>): Promise<DeskDone> {
  const { c, hands, account } = attempt
  const { about, text, replaces } = request
  const { staff, name } = c.var.staff
  const subject = about.kind === 'invoice' ? about.invoice : about.reason
  const id = randomId('not_')
  const { result } = await actOnce(
    attempt,
    { deed: 'note', subject, request, detail: { what: replaces === undefined ? 'written' : 'rewritten', note: id } },
    {
      prepare: async () => {
        const reading = about.kind === 'invoice' ? await hands.airlock.read(account, { fresh: false }) : undefined
        const isTheirs = reading?.facts.openInvoices.some(({ id }) => about.kind === 'invoice' && id === about.invoice)
        if (about.kind === 'invoice' && !isTheirs) throw refusedAt('about', 'unknown-invoice')
      },
      act: async (queries) => {
        const now = hands.now()
        if (replaces !== undefined && !(await closeNote(queries, account, replaces, { name, at: now, replacedBy: id })))
          throw refusedAt('replaces', 'closed-already')
        await insertNote(queries, { ...account, id, about, text, staff, name }, now)
        return { deed: 'note', id }
      },
    },
  )
  if (!result) throw new Error('what was done is not remembered')
  return result
}

/** Throws ApiError not-found, for another account's note too. */
export async function endNote(
  attempt: Attempt,
  request: z.infer<typeof CloseNoteActSchema>,
  { note: id }: { readonly note: string },
): Promise<DeskDone> {
  const { c, hands, account } = attempt
  await actOnce(
    attempt,
    { deed: 'note', subject: id, request: { ...request, id }, detail: { what: 'closed' } },
    {
      act: async (queries) => {
        const by = { name: c.var.staff.name, at: hands.now() }
        if (!(await closeNote(queries, account, id, by))) throw new ApiError('not-found')
      },
    },
  )
  return { deed: 'note', id }
}
