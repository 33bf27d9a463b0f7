import { AccountPage } from '#portal/account-page.tsx'
import { billingDetailsQuery } from '#portal/api/billing-details.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Copies } from './copies.tsx'
import { DetailsReading } from './details-reading.tsx'
import { EditForm } from './edit-form.tsx'
import { TaxNumbers } from './tax-numbers.tsx'

/** What stands on invoices and where they go; to be changed by those who may. */
export function Component() {
  const { data: page, refetch, isFetching } = useSuspenseQuery(billingDetailsQuery)
  const { say } = useWords()
  const { details } = page
  if (!details) {
    return (
      <AccountPage place={page} headline={say('billing.unread')} why={<Words id="billing.unreadWhy" />}>
        <Button kind="quiet" onClick={() => void refetch()} busy={isFetching} busyText={<Words id="frame.checking" />}>
          <Words id="frame.checkAgain" />
        </Button>
      </AccountPage>
    )
  }
  if (!page.mayPay) return <DetailsReading page={page} details={details} />
  return (
    <AccountPage place={page} headline={say('billing.headline')} why={<Words id="billing.why" />}>
      {page.invoiceWaits && <InvoiceWaits />}
      <EditForm page={page} details={details} />
      <TaxNumbers page={page} details={details} />
      <Copies page={page} details={details} />
    </AccountPage>
  )
}

function InvoiceWaits() {
  return (
    <Notice kind="warning" word={<Words id="billing.waits" />}>
      <Words id="billing.waitsWhy" />
    </Notice>
  )
}
