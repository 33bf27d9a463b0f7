import type { DeskAnswer } from '#contract/desk-answer.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import { destinationOf } from '#diagnosis/screen.ts'
import { CHECK_SECONDS } from '#server/check.ts'
import type { App } from '#server/config.ts'
import type { Hands } from '#server/context.ts'
import { plainFixUrl } from '#server/refusal.ts'
import { codeUrl } from '#server/short-code.ts'
import type { CheckRecord } from '#server/store/checks.ts'
import { findCodeOf } from '#server/store/codes.ts'

/** The exact fix: by the refusal's own code while it is good, else by what is wrong. Neither opens anything by itself. */
export async function linkFor(
  { config, database, now }: Pick<Hands, 'config' | 'database' | 'now'>,
  app: App,
  check: CheckRecord | undefined,
  diagnosis: Diagnosis,
): Promise<DeskAnswer['link']> {
  const screen = destinationOf(diagnosis)
  const code = check && check.cancelled === undefined ? await findCodeOf(database, check, now()) : undefined
  if (check && code !== undefined) {
    return { url: codeUrl(config.origin, code), screen, code, expires: check.created + CHECK_SECONDS }
  }
  return { url: plainFixUrl(config.origin, app.id, diagnosis.blockers[0]?.reason), screen }
}
