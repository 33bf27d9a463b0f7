import type { TaxId, TaxStatus } from '#contract/billing-details.ts'
import { Empty, Part } from '#portal/account-page.tsx'
import { useFormat } from '#portal/format.ts'
import { Told } from '#portal/told.tsx'
import { Words, useWords } from '#portal/words/words.ts'
import { Badge } from '#ui/badge.tsx'
import { LinkButton } from '#ui/button.tsx'
import type { ComponentProps } from 'react'
import { useState } from 'react'
import { AddTaxNumber } from './add-tax-number.tsx'
import { countryName } from './countries.ts'
import type { PagePart } from './page-part.ts'
import { RemoveTaxNumber } from './remove-tax-number.tsx'
import { taxKinds } from './tax-ids.ts'

/** Every number and what the tax office says of it. */
export function TaxNumbers({ page, details }: PagePart) {
  const [adding, setAdding] = useState(false)
  const { say } = useWords()
  const [removing, setRemoving] = useState<TaxId>()
  const [removed, setRemoved] = useState<TaxId>()
  return (
    <Part
      title={<Words id="billing.tax" />}
      beside={
        page.mayPay &&
        !adding && (
          <LinkButton onClick={() => setAdding(true)}>
            <Words id="billing.taxAdd" />
          </LinkButton>
        )
      }
    >
      {removed && !removing && <Told key={removed.id} word={say('billing.removed', { name: removed.value })} />}
      {details.taxIds.length > 0 ? (
        <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
          {details.taxIds.map((taxId) => (
            <TaxNumber key={taxId.id} taxId={taxId} {...(page.mayPay && { onRemove: () => setRemoving(taxId) })} />
          ))}
        </ul>
      ) : (
        <Empty>
          <Words id={page.mayPay ? 'billing.taxNone' : 'billing.none'} />
        </Empty>
      )}
      {adding && <AddTaxNumber page={page} details={details} onClose={() => setAdding(false)} />}
      {removing && (
        <RemoveTaxNumber
          page={page}
          taxId={removing}
          onClose={() => setRemoving(undefined)}
          onDone={() => {
            setRemoving(undefined)
            setRemoved(removing)
          }}
        />
      )}
    </Part>
  )
}

const looks = {
  pending: { tone: 'plain', icon: 'clock' },
  verified: { tone: 'success', icon: 'success' },
  unverified: { tone: 'warning', icon: 'warning' },
  unchecked: { tone: 'plain' },
} as const satisfies Record<TaxStatus, Omit<ComponentProps<typeof Badge>, 'children'>>

type TaxNumberProps = { readonly taxId: TaxId; readonly onRemove?: () => void }

function TaxNumber({ taxId, onRemove }: TaxNumberProps) {
  const { say } = useWords()
  const { value, status } = taxId
  return (
    <li className="flex flex-col gap-1 py-3">
      <div className="flex items-baseline justify-between gap-4">
        <bdi dir="ltr" className="min-w-0 font-medium wrap-anywhere">
          {value}
        </bdi>
        {onRemove && (
          <LinkButton onClick={onRemove} aria-label={say('billing.removeNamed', { name: value })}>
            <Words id="billing.remove" />
          </LinkButton>
        )}
      </div>
      <p className="flex flex-wrap items-center gap-x-4 text-small">
        <span className="text-quiet">
          <KindOf taxId={taxId} />
        </span>
        <Badge {...looks[status]}>
          <Words id={`billing.status.${status}`} />
        </Badge>
      </p>
      <Explained taxId={taxId} />
    </li>
  )
}

function KindOf({ taxId: { type, country } }: { readonly taxId: TaxId }) {
  const { locale } = useFormat()
  const name = taxKinds.find((kind) => kind.type === type && kind.country === country)?.name
  const where = country === undefined ? undefined : countryName(locale, country)
  if (name === undefined) return where ?? type.toUpperCase()
  return where === undefined ? name : <Words id="details.taxOf" values={{ name, country: where }} />
}

function Explained({ taxId: { status, name } }: { readonly taxId: TaxId }) {
  if (status === 'unchecked' || (status === 'verified' && name === undefined)) return null
  return (
    <p className="text-small text-quiet">
      {status === 'verified' ? (
        <Words id="billing.statusWhy.verified" values={{ name: <bdi>{name}</bdi> }} />
      ) : (
        <Words id={`billing.statusWhy.${status}`} />
      )}
    </p>
  )
}
