import type { App } from '#server/config.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'

/** Throws ApiError not-found, the same as for an account that is not there. */
export function knownApp({ config }: Pick<Hands, 'config'>, id: string): App {
  const app = config.apps.find((candidate) => candidate.id === id)
  if (!app) throw new ApiError('not-found')
  return app
}
