import type { MethodsPage } from '#contract/methods.ts'
import { Choices } from '#ui/choices.tsx'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'

/** What the new one is for. */
export type Use = 'everything' | 'default' | 'spare'

/** Only where some plan has a method of its own, the default is not everything. */
export function usesOf({ methods }: MethodsPage): readonly Use[] {
  const some = methods.some(({ plans }) => plans.some(({ own }) => own))
  return some ? ['everything', 'default', 'spare'] : ['everything', 'spare']
}

type UsesProps = {
  readonly page: MethodsPage
  readonly uses: readonly Use[]
  readonly value: Use
  readonly onChoose: (use: Use) => void
}

export function Uses({ page, uses, value, onChoose }: UsesProps) {
  const format = useFormat()
  const current = page.methods.find(({ isDefault }) => isDefault)
  const details = {
    everything: undefined,
    default: <Words id="addMethod.defaultDetail" />,
    spare: current && (
      <Words id="addMethod.spareDetail" values={{ method: <bdi>{format.face(current.method)}</bdi> }} />
    ),
  }
  return (
    <Choices
      legend={<Words id="addMethod.use" />}
      name="use"
      value={value}
      choices={uses.map((use) => ({
        value: use,
        label: <Words id={`addMethod.${use}`} />,
        ...(details[use] && { detail: details[use] }),
      }))}
      onChoose={onChoose}
    />
  )
}
