import type { Surroundings } from './surroundings.ts'

export type Severity = 'error' | 'warning'

/**
 * One line that the build service lifts out of its log. GitHub's workflow commands; elsewhere a plain line, because
 * GitLab knows no annotations in a log and its sections need escape sequences.
 */
export function annotation(
  log: Surroundings['log'],
  severity: Severity,
  { title, text }: { title: string; text: string },
): string | undefined {
  if (log === 'none') return undefined
  if (log === 'github') return `::${severity} title=${escapeProperty(title)}::${escapeData(text)}`
  return `${severity.toUpperCase()}: ${text}`
}

/** As @actions/core escapes them. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
