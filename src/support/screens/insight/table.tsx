type TableProps = {
  readonly title: string
  readonly why?: string
  readonly heads: readonly string[]
  /** The first cell of a row names it; whatever is a number stands to the right. */
  readonly rows: readonly (readonly string[])[]
}

const isNumber = (cell: string) => /^[\d–]/.test(cell)
const side = (cell: string, column: number) => (column > 0 && isNumber(cell) ? 'text-end tabular-nums' : 'text-start')

/** Figures in rows, dense. */
export function Table({ title, why, heads, rows }: TableProps) {
  const [first = []] = rows
  return (
    <section className="flex min-w-0 flex-col gap-1">
      <h2 className="text-lead font-semibold">{title}</h2>
      {why !== undefined && <p className="text-small text-quiet">{why}</p>}
      <div className="overflow-x-auto">
        <table className="w-full border-collapse break-normal text-small">
          <thead>
            <tr className="border-b border-edge text-quiet">
              {heads.map((head, column) => (
                <th
                  key={head}
                  scope="col"
                  className={`py-2 ps-3 align-bottom first:ps-0 font-medium ${side(first[column] ?? '', column)}`}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join(' ')} className="border-b border-hairline">
                {row.map((cell, column) =>
                  column === 0 ? (
                    <th key={heads[column]} scope="row" className="py-2 text-start font-normal">
                      {cell}
                    </th>
                  ) : (
                    <td key={heads[column]} className={`py-2 ps-3 ${side(cell, column)}`}>
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
