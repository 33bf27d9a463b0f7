import { useSession } from '#support/frame.tsx'
import { frameWords } from '#support/words/frame.ts'

/** The desk's start. */
export function Component() {
  const { merchant } = useSession()
  return <h1 className="text-title font-semibold">{frameWords.title(merchant.name)}</h1>
}
