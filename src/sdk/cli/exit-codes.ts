/** How `fix402` ends, for scripts. Below 42 and above 126 the meanings are those that shells give them. */
export const exitCodes = {
  /** Served, settled while we waited, or only warned of (`--on-402=warn`). */
  fine: 0,
  /** A word on the command line is wrong. */
  usage: 2,
  /** Refused, and it still stands; also when waiting took longer than `--timeout`. */
  refused: 42,
  /** The refusal has expired or was cancelled, or the portal does not know it: ask the app again. */
  over: 43,
  /** There is no refusal to read: no such file, no answer, not JSON. */
  unreadable: 44,
  /** A refusal, but not one of a fix402 portal. */
  foreign: 45,
  /** Ctrl-C (128 + SIGINT). */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
