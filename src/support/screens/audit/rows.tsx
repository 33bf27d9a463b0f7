import type { AuditRow } from '#contract/desk-audit.ts'
import { format } from '#support/format.ts'
import { accountPath } from '#support/paths.ts'
import { auditWords, deedWords } from '#support/words/audit.ts'
import { roleWords } from '#support/words/frame.ts'
import { Link } from 'react-router-dom'

/** Every row has the same widths: they are laid out one by one. */
const columns =
  'lg:grid lg:grid-cols-[9.5rem_minmax(9rem,1fr)_minmax(10rem,1.4fr)_minmax(9rem,1.2fr)_minmax(10rem,1.6fr)_8rem] lg:gap-x-4'
const heads = ['when', 'who', 'what', 'about', 'reason', 'from'] as const

/** A table where there is room, and a list on phones. */
export function Rows({ rows }: { readonly rows: readonly AuditRow[] }) {
  return (
    <table aria-label={auditWords.title} className="block w-full text-small">
      <thead className="block max-lg:sr-only">
        <tr className={`${columns} border-b border-hairline py-2 text-quiet`}>
          {heads.map((head) => (
            <th key={head} scope="col" className="text-start font-normal">
              {auditWords[head]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block">
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row: { id, at, staff, deed, app, account, subject, reason, detail, ip } }: { readonly row: AuditRow }) {
  const more = Object.entries(detail ?? {}).map(([name, value]) => `${name} ${String(value)}`)
  return (
    <tr
      tabIndex={-1}
      className={`flex flex-col gap-0.5 border-b border-hairline py-2.5 [contain-intrinsic-size:auto_3rem] [content-visibility:auto] ${columns}`}
    >
      <td className="tabular-nums">
        <time dateTime={new Date(at * 1_000).toISOString()}>{format.stamp(at)}</time>
      </td>
      <td className="min-w-0 wrap-anywhere">
        <bdi className="font-medium">{staff.name}</bdi> <span className="text-quiet">{roleWords[staff.role]}</span>
      </td>
      <td className="min-w-0 wrap-anywhere">
        {deedWords[deed]}
        {[subject, ...more].map((text) => text !== undefined && <Quiet key={text} text={text} />)}
      </td>
      <td className="min-w-0 wrap-anywhere">
        {account !== '' && (
          <Link to={accountPath(app, account)} className="link">
            {account}
          </Link>
        )}
        {app !== '' && <Quiet text={app} />}
      </td>
      <td className="min-w-0 wrap-anywhere">{reason !== undefined && <bdi>{reason}</bdi>}</td>
      <td className="min-w-0 wrap-anywhere text-quiet">
        {ip}
        <span className="block truncate select-all">{id}</span>
      </td>
    </tr>
  )
}

function Quiet({ text }: { readonly text: string }) {
  return (
    <span dir="auto" className="block text-quiet">
      {text}
    </span>
  )
}
