import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Minutes, where all others take seconds: begun last, they would leave one core waiting. */
const long = ['src/server/histories.test.ts', 'src/portal/matrix.test.tsx']

/** The order of a run: what takes longest begins first, also where nothing is known of earlier runs. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const place = ({ moduleId }: TestSpecification) => (long.some((file) => moduleId.endsWith(file)) ? 0 : 1)
    return sorted.toSorted((a, b) => place(a) - place(b))
  }
}
