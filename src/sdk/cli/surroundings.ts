/** Where this program's words end up. */
export type Surroundings = {
  readonly log: 'github' | 'gitlab' | 'other-ci' | 'none'
  /** Of the terminal; undefined when nobody watches one. */
  readonly columns: number | undefined
  readonly colour: boolean
}

type Out = { readonly isTTY?: boolean; readonly columns?: number }

/** Reads the variables that the build services document, NO_COLOR (no-color.org) and TERM. */
export function surroundingsOf(env: NodeJS.ProcessEnv, out: Out): Surroundings {
  const log = isSet(env['GITHUB_ACTIONS'])
    ? 'github'
    : isSet(env['GITLAB_CI'])
      ? 'gitlab'
      : isSet(env['CI'])
        ? 'other-ci'
        : 'none'
  const watched = out.isTTY === true && log === 'none' && env['TERM'] !== 'dumb'
  return {
    log,
    columns: watched ? (out.columns ?? 80) : undefined,
    colour: watched && (env['NO_COLOR'] ?? '') === '',
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0'
}
