import { answerWords } from '#support/words/answer.ts'
import { CopyInline } from '#ui/copy-inline.tsx'

/** An id, a number or an address, to be copied. */
export function CopyId({ text }: { readonly text: string }) {
  return <CopyInline text={text} label={answerWords.copy(text)} copied={answerWords.copied} />
}
