import { Words } from '#portal/words/words.ts'
import { useEffect, useState, type ReactNode } from 'react'
import { fields, refusedIn, type Complaint, type Complaints, type Draft, type FieldId } from './draft.ts'

/** A field's place in the form: its id, what is typed, what is wrong with it. */
export type Bind = (field: FieldId) => {
  readonly id: FieldId
  readonly name: FieldId
  readonly value: string
  readonly onType: (text: string) => void
  readonly error?: ReactNode
}

type Saving = { readonly refused: readonly string[]; readonly changed: () => void }

/** What is typed over what is known. It stays whatever the server says; what is not touched follows what is known. */
export function useDraft(known: Draft, saving: Saving) {
  const [typed, setTyped] = useState<Partial<Draft>>({})
  const [found, setFound] = useState<Complaints>({})
  const draft: Draft = { ...known, ...typed }
  const refused = refusedIn(saving.refused)
  const complaints: Complaints = { ...refused, ...found }
  const firstRefused = fields.find((field) => refused[field])

  useEffect(() => {
    if (firstRefused !== undefined) document.getElementById(firstRefused)?.focus()
  }, [firstRefused])

  const bind: Bind = (field) => {
    const complaint = complaints[field]
    return {
      id: field,
      name: field,
      value: draft[field],
      onType: (text) => {
        setTyped((before) => ({ ...before, [field]: text }))
        setFound((before) => without(before, field))
        saving.changed()
      },
      ...(complaint && { error: <Said complaint={complaint} /> }),
    }
  }

  return {
    draft,
    bind,
    /** Fields that differ from what is known. */
    touched: fields.filter((field) => draft[field] !== known[field]),
    wrong: fields.filter((field) => complaints[field]).length,
    /** A complaint about something that is not on the screen must not vanish. */
    unplaced: saving.refused.length > 0 && firstRefused === undefined,
    /** Shows what would be refused and goes to the first of it. True where there is nothing. */
    holds: (complaining: Complaints): boolean => {
      setFound(complaining)
      const first = fields.find((field) => complaining[field])
      if (first !== undefined) document.getElementById(first)?.focus()
      return first === undefined
    },
    /** What was sent is known now; what was typed since then stays. */
    settle: (sent: Draft) =>
      setTyped((now) =>
        Object.fromEntries(Object.entries(now).filter(([field, text]) => sent[field as FieldId] !== text)),
      ),
  }
}

function Said({ complaint }: { readonly complaint: Complaint }) {
  if (complaint.word !== 'details.taxWrong') return <Words id={complaint.word} />
  return <Words id="details.taxWrong" values={{ example: <bdi>{complaint.example}</bdi> }} />
}

function without(complaints: Complaints, field: FieldId): Complaints {
  return Object.fromEntries(Object.entries(complaints).filter(([name]) => name !== field))
}
