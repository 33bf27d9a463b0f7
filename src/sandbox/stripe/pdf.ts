import type { Page } from './html-page.ts'

/** Lines of 11 points on A4, and what fits on a page. */
const leading = 16
const linesOnPage = 46

/** A small real PDF (ISO 32000-1): a heading, and lines of text below it. Letters beyond Windows-1252 become `?`. */
export function pdfPage(name: string, heading: string, lines: readonly string[]): Page {
  const pages = Array.from({ length: Math.max(1, Math.ceil(lines.length / linesOnPage)) }, (_, index) =>
    contentOf(index === 0 ? heading : '', lines.slice(index * linesOnPage, (index + 1) * linesOnPage)),
  )
  const first = 4
  const kids = pages.map((_, index) => `${first + index * 2} 0 R`)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${first + index * 2 + 1} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ]
  return {
    status: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${name.replaceAll(/[^\w-]/g, '_')}.pdf"`,
      'cache-control': 'no-store',
    },
    body: written(objects),
  }
}

function contentOf(heading: string, lines: readonly string[]): string {
  const body = lines.map((line) => `(${escaped(line)}) Tj T*`)
  return `BT /F1 18 Tf 56 780 Td (${escaped(heading)}) Tj /F1 11 Tf ${leading} TL 0 -32 Td ${body.join(' ')} ET`
}

/** The cross-reference table names the byte at which each object begins: everything here is ASCII. */
function written(objects: readonly string[]): string {
  let text = '%PDF-1.4\n'
  const starts = objects.map((object, index) => {
    const start = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return start
  })
  const rows = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`)
  const count = objects.length + 1
  return `${text}xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
}

const special: { [letter: string]: number } = { '€': 0x80, '’': 0x92, '“': 0x93, '”': 0x94, '•': 0x95, '–': 0x96 }

function escaped(text: string): string {
  return Array.from(text)
    .map((letter) => {
      const code = special[letter] ?? letter.codePointAt(0) ?? 0
      if ('()\\'.includes(letter)) return `\\${letter}`
      if (code >= 0x20 && code < 0x7f) return letter
      return code <= 0xff && code >= 0x80 ? `\\${code.toString(8)}` : '?'
    })
    .join('')
}
