import type { DeskActs } from '#contract/desk-acts.ts'
import type { ReactNode } from 'react'
import type { ActDialogProps } from './act-dialog.tsx'

/**
 * The dialog that is open, and how things stood when it was asked for. What an act changes while its result is read is no
 * reason to ask for something else: the dialog keeps what it began with.
 */
export type Asked = {
  readonly acts: DeskActs
  readonly dialog: (props: ActDialogProps) => ReactNode
}

export type Ask = (asked: Asked) => void
