import { AccountPage, Part } from '#portal/account-page.tsx'
import { useFormat } from '#portal/format.ts'
import { nameOf } from '#portal/person.ts'
import { Words, useWords } from '#portal/words/words.ts'
import type { ReactNode } from 'react'
import { countryName } from './countries.ts'
import type { PagePart } from './page-part.ts'
import { TaxNumbers } from './tax-numbers.tsx'

/** For those who may not change them: what stands there, and who can. */
export function DetailsReading({ page, details }: PagePart) {
  const { say } = useWords()
  const format = useFormat()
  const names = page.payers.map((payer) => nameOf(payer, say))
  const account = <bdi>{page.account.label}</bdi>
  const { country, ...lines } = details.address ?? {}
  const written = [lines.line1, lines.line2, lines.postal_code, lines.city, lines.state].filter(Boolean)
  return (
    <AccountPage
      place={page}
      headline={say('billing.headline')}
      why={
        <>
          <Words id="billing.whyReading" values={{ account }} />{' '}
          {names.length > 0 ? (
            <Words id="billing.who" values={{ names: format.list(names) }} />
          ) : (
            <Words id="billing.whoNobody" values={{ account }} />
          )}
        </>
      }
    >
      <Part title={<Words id="billing.on" />}>
        <dl className="flex flex-col divide-y divide-hairline border-y border-hairline">
          <Row term={<Words id="billing.nameShort" />}>{details.name}</Row>
          <Row term={<Words id="billing.address" />}>
            {written.length > 0 &&
              [...written, country && countryName(format.locale, country)].filter(Boolean).join(', ')}
          </Row>
        </dl>
      </Part>
      <TaxNumbers page={page} details={details} />
    </AccountPage>
  )
}

function Row({ term, children }: { readonly term: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-4 py-3">
      <dt className="w-32 shrink-0 text-quiet">{term}</dt>
      <dd className="min-w-0 flex-1 basis-40 wrap-anywhere">
        <bdi>{children || <Words id="billing.none" />}</bdi>
      </dd>
    </div>
  )
}
