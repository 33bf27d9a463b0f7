import { invoiceStandings } from '#diagnosis/invoice-standing.ts'
import { z } from 'zod'
import { BackupChargeSchema } from './backup.ts'
import { DebtSchema, DeclineGroupSchema, MethodSchema } from './diagnosis.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { place } from './place.ts'

export const InvoiceIdSchema = z.string().regex(/^in_\w{1,100}$/, 'an invoice’s id')
export const CreditNoteIdSchema = z.string().regex(/^cn_\w{1,100}$/, 'a credit note’s id')

/** `GET /api/invoices` and `GET /api/invoices.csv`. `to-pay`: open; `other`: void and written off. */
export const InvoiceFilterSchema = z.object({
  status: z.enum(['to-pay', 'paid', 'other']).optional(),
  /** Of the day it was made, UTC. */
  year: z.coerce.number().int().min(2010).max(2100).optional(),
})
export type InvoiceFilter = z.infer<typeof InvoiceFilterSchema>

export const InvoiceQuerySchema = InvoiceFilterSchema.extend({
  /** `more` of the page before. */
  after: z
    .string()
    .max(250)
    .regex(/^(-|in_\w+)?(,(-|in_\w+)?)*$/, 'a place in the list')
    .optional(),
  /** As it is printed, or its last digits; then nothing else filters. */
  number: z
    .string()
    .regex(/^[\w .#/-]{1,40}$/, 'an invoice’s number')
    .optional(),
})

const state = z.enum(invoiceStandings)
const money = MoneySchema.exactOptional()
const instant = InstantSchema.exactOptional()

/** Money and papers are left out for those who may not see amounts. */
export const ListedInvoiceSchema = z
  .object({
    id: z.string(),
    number: z.string().exactOptional(),
    /** Printed on it. */
    date: InstantSchema,
    due: InstantSchema,
    period: z.object({ start: InstantSchema, end: InstantSchema }).readonly(),
    state,
    total: money,
    /** Where that is not all of it, or nothing. */
    remaining: money,
    refunded: money,
    credited: money,
    /** When its card is charged by itself, where that can work. */
    nextAttempt: instant,
    /** Whether this person may pay it now. */
    payable: z.boolean(),
    pdf: z.boolean(),
    receipt: z.boolean(),
  })
  .readonly()
export type ListedInvoice = z.infer<typeof ListedInvoiceSchema>

/** What can be paid now, oldest first, one debt for each currency; nothing while a payment is on its way. */
const ToPaySchema = z.object({ debts: z.array(DebtSchema).readonly(), onItsWay: z.boolean() }).readonly()
export type ToPay = z.infer<typeof ToPaySchema>

export const InvoicePageSchema = z
  .object({
    ...place,
    /** `mirror`: Stripe does not answer, these were open at `asOf`. `none`: nothing is known. */
    source: z.enum(['live', 'mirror', 'none']),
    asOf: InstantSchema,
    invoices: z.array(ListedInvoiceSchema).readonly(),
    more: z.string().exactOptional(),
    /** Where Stripe does not search, a number is looked for among so many of the newest. */
    searched: z.int().exactOptional(),
    /** In which there may be any, newest first. */
    years: z.array(z.int()).readonly(),
    toPay: ToPaySchema.exactOptional(),
    seesAmounts: z.boolean(),
    payers: z.array(z.string()).readonly(),
  })
  .readonly()
  .meta({ id: 'InvoicePage' })
export type InvoicePage = z.infer<typeof InvoicePageSchema>

/** `GET /api/invoices/to-pay`: what the screen that pays them is sent; also an invoice that was written off, by its name. */
export const OwedSchema = z
  .object({ toPay: ToPaySchema, writtenOff: z.array(DebtSchema).readonly() })
  .readonly()
  .meta({ id: 'Owed' })
export type Owed = z.infer<typeof OwedSchema>

const LineSchema = z
  .object({
    id: z.string(),
    about: z.string(),
    amount: MoneySchema,
    quantity: z.int().exactOptional(),
    period: z.object({ start: InstantSchema, end: InstantSchema }).readonly(),
  })
  .readonly()

const AttemptSchema = z
  .object({
    id: z.string(),
    at: InstantSchema,
    amount: MoneySchema,
    method: MethodSchema,
    result: z.enum(['paid', 'pending', 'declined']),
    decline: DeclineGroupSchema.exactOptional(),
    receipt: z.boolean(),
  })
  .readonly()

const discounts = z
  .array(z.object({ id: z.string(), name: z.string().exactOptional(), amount: MoneySchema }).readonly())
  .readonly()
const taxes = z.array(z.object({ amount: MoneySchema, inclusive: z.boolean() }).readonly()).readonly()
const creditNotes = z
  .array(
    z
      .object({ id: z.string(), number: z.string(), at: InstantSchema, amount: MoneySchema, voided: z.boolean() })
      .readonly(),
  )
  .readonly()
const refunds = z
  .array(
    z
      .object({
        id: z.string(),
        at: InstantSchema,
        amount: MoneySchema,
        state: z.enum(['done', 'pending', 'failed']),
      })
      .readonly(),
  )
  .readonly()

/** `GET /api/invoices/{id}`: everything about one; `papers` only for those who see amounts. */
export const InvoiceDetailsSchema = z
  .object({
    ...place,
    invoice: ListedInvoiceSchema,
    seesAmounts: z.boolean(),
    payers: z.array(z.string()).readonly(),
    /** A payment of this account is on its way: nothing may be paid meanwhile. */
    onItsWay: z.boolean(),
    /** What a link for somebody without a login would be for. */
    debt: DebtSchema.exactOptional(),
    /** Where its automatic charge was declined and the backup charged; left out for those who may not see cards. */
    backup: BackupChargeSchema.exactOptional(),
    papers: z
      .object({
        lines: z.array(LineSchema).readonly(),
        moreLines: z.boolean(),
        subtotal: MoneySchema,
        discounts,
        taxes,
        total: MoneySchema,
        /** Taken from the account's credit, or (negative) added to what this invoice asked for. */
        creditApplied: money,
        attempts: z.array(AttemptSchema).readonly(),
        /** Marked as paid by the merchant: by bank transfer, or otherwise outside Stripe. */
        paidElsewhere: z.boolean(),
        creditNotes,
        refunds,
        disputes: z
          .array(
            z
              .object({
                id: z.string(),
                at: InstantSchema,
                amount: MoneySchema,
                state: z.enum(['pending', 'won', 'lost']),
              })
              .readonly(),
          )
          .readonly(),
      })
      .readonly()
      .exactOptional(),
  })
  .readonly()
  .meta({ id: 'InvoiceDetails' })
export type InvoiceDetails = z.infer<typeof InvoiceDetailsSchema>
export type InvoicePapers = NonNullable<InvoiceDetails['papers']>
