import type { DeskNote } from '#contract/desk-acts.ts'
import type { DeskBlocker } from '#contract/desk-blocker.ts'

export type PlacedNotes = {
  /** Open notes, by the place of the blocker that they are about. */
  readonly at: readonly (readonly DeskNote[])[]
  /** Open notes about what stops nothing just now. */
  readonly elsewhere: readonly DeskNote[]
  readonly closed: readonly DeskNote[]
}

/** Where each note stands: once, at the first blocker that it was written on, or for whose debt its invoice is open. */
export function placeNotes(notes: readonly DeskNote[], blockers: readonly DeskBlocker[]): PlacedNotes {
  const open = notes.filter(({ closed }) => !closed)
  const placeOf = (note: DeskNote) => blockers.findIndex((blocker) => isAbout(note, blocker))
  return {
    at: blockers.map((_, place) => open.filter((note) => placeOf(note) === place)),
    elsewhere: open.filter((note) => placeOf(note) === -1),
    closed: notes.filter(({ closed }) => closed),
  }
}

function isAbout({ about }: DeskNote, { blocker }: DeskBlocker): boolean {
  if (about.kind === 'reason') return about.reason === blocker.reason
  const owed = 'debt' in blocker ? (blocker.debt?.invoices ?? []) : []
  return owed.some(({ id }) => id === about.invoice)
}
