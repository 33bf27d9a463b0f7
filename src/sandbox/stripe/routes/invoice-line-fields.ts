import { needed, object, oneOf, text, whole } from '#sandbox/stripe/kernel/shape.ts'

export const taxBehavior = oneOf('exclusive', 'inclusive', 'unspecified')

export const linePriceData = object({
  currency: needed(text),
  product: needed(text),
  tax_behavior: taxBehavior,
  unit_amount: whole,
  unit_amount_decimal: text,
})
