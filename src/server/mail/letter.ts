import { z } from 'zod'

/** A letter without its link, as it is kept: words only. */
export const LetterSchema = z.object({
  subject: z.string(),
  /** Who it is for, in its first line. */
  greeting: z.string(),
  paragraphs: z.array(z.string()),
  /** What the one button says, or what the code is called. */
  action: z.string(),
  /** Below the button: how long the link works, and why this came. */
  foot: z.array(z.string()),
})
export type Letter = z.infer<typeof LetterSchema>

/** What a letter hands over: an address behind a button, or digits to type. `stop`: where no more of them can be wished for. */
export type Handed = { readonly url: string; readonly stop?: string } | { readonly code: string }

/** The letter with its link or code, for people who read text and for those who see HTML. Nothing in it is fetched from anywhere. */
export function writeOut(
  { greeting, paragraphs, action, foot }: Letter,
  handed: Handed,
): { text: string; html: string } {
  const stop = 'url' in handed ? handed.stop : undefined
  const text = [
    greeting,
    ...paragraphs,
    `${action}:\n${'url' in handed ? handed.url : handed.code}`,
    ...foot,
    ...(stop === undefined ? [] : [`${STOP}:\n${stop}`]),
  ].join('\n\n')
  const small = foot.map((line) => `<p style="${styles.small}">${escapeHtml(line)}</p>`)
  if (stop !== undefined) {
    small.push(`<p style="${styles.small}"><a href="${escapeHtml(stop)}">${STOP}</a></p>`)
  }
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body style="${styles.body}"><div style="${styles.page}">
${[greeting, ...paragraphs].map((line) => `<p style="${styles.line}">${escapeHtml(line)}</p>`).join('\n')}
${'url' in handed ? button(action, handed.url) : digits(action, handed.code)}
${small.join('\n')}
</div></body></html>`
  return { text, html }
}

/** Said of letters that somebody may not want. */
const STOP = 'Stop these letters'

function button(action: string, url: string): string {
  return `<p style="${styles.line}"><a href="${escapeHtml(url)}" style="${styles.button}">${escapeHtml(action)}</a></p>`
}

function digits(action: string, code: string): string {
  return `<p style="${styles.line}">${escapeHtml(action)}:</p><p style="${styles.code}">${escapeHtml(code)}</p>`
}

const styles = {
  body: 'margin:0;padding:32px 16px',
  page: "max-width:30rem;margin:0 auto;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif",
  line: 'margin:0 0 16px',
  button:
    'display:inline-block;padding:12px 24px;border-radius:8px;background:#0d4f47;color:#ffffff;font-weight:600;text-decoration:none',
  code: 'margin:0 0 16px;font-size:28px;font-weight:600;letter-spacing:0.15em;font-variant-numeric:tabular-nums',
  small: 'margin:0 0 8px;font-size:13px;opacity:0.75',
} as const

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
