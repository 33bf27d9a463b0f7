import type { BackupCharge } from '#contract/backup.ts'
import type { Instant } from '#diagnosis/account.ts'
import { Notice } from '#ui/notice.tsx'
import { Link } from 'react-router-dom'
import { useFormat } from './format.ts'
import { paths } from './paths.ts'
import { Words } from './words/words.ts'

type BackupToldProps = {
  readonly charge: BackupCharge
  readonly now: Instant
  readonly mayPay: boolean
  /** Not on the invoice's own page. */
  readonly linked?: boolean
}

const looks = { paid: 'success', processing: 'info', checking: 'info', declined: 'warning' } as const

/** That the backup was charged, for what, and why not the usual one. */
export function BackupTold({ charge, now, mayPay, linked = false }: BackupToldProps) {
  const format = useFormat()
  const { state, backup, failed, amount, number, invoice, at } = charge
  return (
    <Notice
      kind={looks[state]}
      word={<Words id={`backup.${state}`} values={{ backup: <bdi>{format.face(backup)}</bdi> }} />}
    >
      <p>
        <Words
          id={`backup.${state}Why`}
          values={{
            amount: <bdi>{format.money(amount)}</bdi>,
            invoice:
              number === undefined ? (
                <Words id="backup.invoicePlain" />
              ) : (
                <Words id="backup.invoiceNumbered" values={{ number: <bdi>{number}</bdi> }} />
              ),
            failed: <bdi>{format.face(failed)}</bdi>,
            day: format.shortDay(at, now),
          }}
        />
      </p>
      <div className="flex flex-wrap gap-x-6">
        {linked && (
          <Link to={`${paths.invoices}/${invoice}`} className="link target">
            <Words id="backup.seeInvoice" />
          </Link>
        )}
        {mayPay && (
          <Link to={paths.methods} className="link target">
            <Words id="methods.title" />
          </Link>
        )}
      </div>
    </Notice>
  )
}
