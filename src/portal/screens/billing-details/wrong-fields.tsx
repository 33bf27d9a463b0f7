import { Words } from '#portal/words/words.ts'
import { Notice } from '#ui/notice.tsx'

/** How many fields need another look, and that nothing typed is lost. */
export function WrongFields({ count }: { readonly count: number }) {
  if (count === 0) return null
  return (
    <Notice kind="danger" word={<Words id="details.wrong" values={{ count }} />}>
      <Words id="details.kept" />
    </Notice>
  )
}
