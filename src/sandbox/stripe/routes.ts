import type { Route } from './kernel/router.ts'
import { balanceTransactionRoutes } from './routes/balance-transactions.ts'
import { catalogRoutes } from './routes/catalog.ts'
import { chargeRoutes } from './routes/charges.ts'
import { couponRoutes } from './routes/coupons.ts'
import { creditNoteRoutes } from './routes/credit-notes.ts'
import { customerRoutes } from './routes/customers.ts'
import { eventRoutes } from './routes/events.ts'
import { invoiceItemRoutes } from './routes/invoice-items.ts'
import { previewRoutes } from './routes/invoice-previews.ts'
import { invoiceLineRoutes } from './routes/invoice-lines.ts'
import { invoiceSearchRoutes } from './routes/invoice-search.ts'
import { invoiceRoutes } from './routes/invoices.ts'
import { meterRoutes } from './routes/meters.ts'
import { paymentIntentRoutes } from './routes/payment-intents.ts'
import { paymentMethodRoutes } from './routes/payment-methods.ts'
import { setupIntentRoutes } from './routes/setup-intents.ts'
import { subscriptionRoutes } from './routes/subscriptions.ts'
import { taxIdRoutes } from './routes/tax-ids.ts'
import { testClockRoutes } from './routes/test-clocks.ts'

/** Every operation of the API; a literal path stands before one with a parameter in the same place. */
export const routes: Route[] = [
  ...previewRoutes,
  ...customerRoutes,
  ...balanceTransactionRoutes,
  ...taxIdRoutes,
  ...paymentMethodRoutes,
  ...setupIntentRoutes,
  ...paymentIntentRoutes,
  ...catalogRoutes,
  ...couponRoutes,
  ...subscriptionRoutes,
  ...invoiceSearchRoutes,
  ...invoiceRoutes,
  ...invoiceLineRoutes,
  ...invoiceItemRoutes,
  ...chargeRoutes,
  ...creditNoteRoutes,
  ...meterRoutes,
  ...eventRoutes,
  ...testClockRoutes,
]
