import type { Surroundings } from './surroundings.ts'

/** All that this program touches of its process. */
export type Terminal = Surroundings & {
  /** The app's key, where one is set. */
  readonly key: string | undefined
  readonly stdin: AsyncIterable<Uint8Array | string>
  /** Ctrl-C. */
  readonly signal: AbortSignal
  /** One line of the result. */
  readonly print: (line: string) => void
  /** One line beside the result. */
  readonly note: (line: string) => void
}
