import { fixes } from '#diagnosis/reason.ts'
import { z } from 'zod'
import { ReasonSchema, WhoSchema } from './diagnosis.ts'

/** `POST /v1/classify`: what does the refusal of another system mean? */
export const ClassifyRequestSchema = z
  .strictObject({
    status: z.int().min(100).max(599).exactOptional(),
    headers: z
      .record(z.string().max(200), z.string().max(8_192))
      .refine((headers) => Object.keys(headers).length <= 200, 'at most 200 fields')
      .exactOptional(),
    body: z
      .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown()), z.number(), z.boolean(), z.null()])
      .meta({ description: 'As it came: a JSON value, or text.' }),
  })
  .meta({ id: 'ClassifyRequest' })

export const ClassifyAnswerSchema = z
  .object({
    reason: ReasonSchema.meta({ description: '`unknown` also where the answer can mean several.' }),
    title: z.string().meta({ description: 'What is wrong, in short.' }),
    fix: z.enum(fixes),
    who: WhoSchema,
    ambiguous: z.array(ReasonSchema).readonly().meta({ description: 'With `unknown`: what it can mean.' }),
    url: z.string().meta({ description: 'The portal with that reason as a hint; the account’s state decides there.' }),
  })
  .meta({ id: 'ClassifyAnswer' })
