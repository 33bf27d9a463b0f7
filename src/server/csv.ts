/** The media type of RFC 4180. */
export const CSV_TYPE = 'text/csv; charset=utf-8; header=present'

/** Before the first line: without it Excel takes UTF-8 for the code page of its country (Unicode 17.0, §23.8). */
export const CSV_MARK = '\uFEFF'

/**
 * One line of a table, with its end (RFC 4180 §2). Text that a spreadsheet would take for a formula gets an apostrophe in
 * front (https://owasp.org/www-community/attacks/CSV_Injection); numbers stay numbers, also as decimals in text ("-4.90").
 */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

function cellOf(cell: string | number | undefined): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell)
  const plain = /^[=+\-@\t\r\n]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
