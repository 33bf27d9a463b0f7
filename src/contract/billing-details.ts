import { z } from 'zod'
import { PayerSchema } from './ask.ts'
import { place } from './place.ts'

const AddressSchema = z
  .object({
    line1: z.string().exactOptional(),
    line2: z.string().exactOptional(),
    postal_code: z.string().exactOptional(),
    city: z.string().exactOptional(),
    state: z.string().exactOptional(),
    country: z.string().exactOptional(),
  })
  .readonly()

/** What the tax office says of a number; `unchecked`: nobody is asked about numbers of this kind. */
const TaxStatusSchema = z.enum(['pending', 'verified', 'unverified', 'unchecked'])
export type TaxStatus = z.infer<typeof TaxStatusSchema>

const TaxIdSchema = z
  .object({
    id: z.string(),
    /** Stripe's (https://docs.stripe.com/billing/customer/tax-ids). */
    type: z.string(),
    value: z.string(),
    country: z.string().exactOptional(),
    status: TaxStatusSchema,
    /** In whose name the office knows it. */
    name: z.string().exactOptional(),
  })
  .readonly()
export type TaxId = z.infer<typeof TaxIdSchema>

const DetailsSchema = z
  .object({
    name: z.string().exactOptional(),
    address: AddressSchema.exactOptional(),
    taxIds: z.array(TaxIdSchema).readonly(),
    /** In which language invoices are written (BCP 47); the merchant's where it is left out. */
    language: z.string().exactOptional(),
    /** Where Stripe sends invoices. Only for those who may pay, as the recipients. */
    email: z.string().exactOptional(),
    /** Who else gets our letters about billing. */
    recipients: z.array(z.string()).readonly(),
  })
  .readonly()
export type Details = z.infer<typeof DetailsSchema>

/** `GET /api/billing-details`. What is changed goes by `POST /api/fixes/billing-details`. */
export const BillingDetailsSchema = z
  .object({
    ...place,
    /** Left out while Stripe does not answer: unknown is not empty. */
    details: DetailsSchema.exactOptional(),
    /** An invoice waits for the address, and is collected once it is there. */
    invoiceWaits: z.boolean(),
    /** The others who may change them. */
    payers: z.array(PayerSchema).readonly(),
  })
  .readonly()
  .meta({ id: 'BillingDetails' })
export type BillingDetails = z.infer<typeof BillingDetailsSchema>
