import { Examples } from '#support/search/examples.tsx'
import { searchWords } from '#support/words/search.ts'
import { Card } from '#ui/card.tsx'

/** The desk's start: what to ask the customer for. The field itself stands above every page. */
export function Component() {
  return (
    <div className="flex max-w-letter flex-col gap-6">
      <div className="flex flex-col gap-2">
        <h1 className="text-display font-semibold">{searchWords.homeTitle}</h1>
        <p className="text-lead text-quiet">{searchWords.homeWhy}</p>
      </div>
      <Card>
        <Examples />
      </Card>
    </div>
  )
}
