import { StepUpAnswerSchema, StepUpBegunSchema } from '#contract/step-up.ts'
import { mutationOptions } from '@tanstack/react-query'
import { post, request } from './http.ts'

const once = { retry: 0, networkMode: 'always' } as const

/** A code to the person's own address. */
export const beginStepUpDeed = mutationOptions({
  mutationKey: ['begin-step-up'],
  mutationFn: () => request(StepUpBegunSchema, '/api/step-up', post({})),
  ...once,
})

export const confirmStepUpDeed = mutationOptions({
  mutationKey: ['confirm-step-up'],
  mutationFn: (code: string) => request(StepUpAnswerSchema, '/api/step-up/confirm', post({ code })),
  ...once,
})
