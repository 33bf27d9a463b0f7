import { useMutation, type UseMutationOptions } from '@tanstack/react-query'
import { useState } from 'react'
import { beginStepUpDeed } from '#portal/api/step-up.ts'
import { ApiError } from '#portal/api/http.ts'
import { StepUpDialog } from './step-up-dialog.tsx'

type Wait = { readonly goOn: () => void; readonly giveUp: () => void }

/**
 * A mutation that the server may want a fresh proof for. `dialog` is drawn somewhere on the page; while it is open the
 * deed is pending, and once the person has proved who they are the same request is sent again, under the same key. Who
 * closes the dialog has done nothing: the deed is idle again.
 *
 *     const { deed, dialog } = useStepUp(removeMethodDeed(client))
 */
export function useStepUp<Data, Wish>({ mutationFn, ...options }: UseMutationOptions<Data, Error, Wish>) {
  const [wait, setWait] = useState<Wait>()
  const begin = useMutation(beginStepUpDeed)

  const proof = () => {
    begin.mutate()
    return new Promise<boolean>((resolve) => {
      let isOpen = true
      const end = (proved: boolean) => () => {
        // A dialog that goes away says that it was closed.
        if (!isOpen) return
        isOpen = false
        setWait(undefined)
        // Nothing went wrong: the person has thought better of it.
        if (!proved) deed.reset()
        resolve(proved)
      }
      setWait({ goOn: end(true), giveUp: end(false) })
    })
  }

  const deed = useMutation<Data, Error, Wish>({
    ...options,
    mutationFn: async (wish, context) => {
      if (!mutationFn) throw new Error('a deed does something')
      try {
        return await mutationFn(wish, context)
      } catch (error) {
        if (!(error instanceof ApiError) || error.problem?.code !== 'step-up-needed' || !(await proof())) throw error
        return await mutationFn(wish, context)
      }
    },
  })

  const dialog = wait && <StepUpDialog begin={begin} onProved={wait.goOn} onClose={wait.giveUp} />
  return { deed, dialog }
}
