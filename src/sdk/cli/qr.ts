import { encode } from 'uqr'

/** Light modules around the code; ISO/IEC 18004 asks for four. */
const BORDER = 4
/** Black on white from the fixed part of the 256 colours, so that a dark and a light terminal show the same. */
const PAINT = '\u001B[38;5;16;48;5;231m'
const PLAIN = '\u001B[0m'

/** A QR code in half blocks, two modules to a character; undefined where it does not fit into so many columns. */
export function qrLines(text: string, { columns, colour }: { columns: number; colour: boolean }) {
  const { data, size } = encode(text, { border: BORDER })
  if (size > columns) return undefined
  const lines: string[] = []
  for (let row = 0; row < size; row += 2) {
    const cells = Array.from({ length: size }, (_, column) => cell(dark(row, column), dark(row + 1, column)))
    lines.push(colour ? `${PAINT}${cells.join('')}${PLAIN}` : cells.join(''))
  }
  return lines

  /** Without colours what is drawn is what shines: most terminals are dark. */
  function dark(row: number, column: number): boolean {
    return (data[row]?.[column] ?? false) === colour
  }
}

function cell(top: boolean, bottom: boolean): string {
  if (top) return bottom ? '█' : '▀'
  return bottom ? '▄' : ' '
}
