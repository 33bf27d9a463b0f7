import { clearableText, object } from '#sandbox/stripe/kernel/shape.ts'

export const addressFields = object({
  city: clearableText,
  country: clearableText,
  line1: clearableText,
  line2: clearableText,
  postal_code: clearableText,
  state: clearableText,
})
