import { AccountPage, Empty } from '#portal/account-page.tsx'
import { invoicesQuery, type Wanted } from '#portal/api/invoices.ts'
import { useFormat } from '#portal/format.ts'
import { paths } from '#portal/paths.ts'
import { OpenLinks } from '#portal/payments/open-links.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router-dom'
import { Filters } from './filters.tsx'
import { Rows } from './rows.tsx'
import { ToPay } from './to-pay.tsx'
import { wantedIn } from './wanted.ts'

/** Everything the account was ever asked to pay. */
export function Component() {
  const { say } = useWords()
  const format = useFormat()
  const wanted = wantedIn(useLocation().search)
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError, isRefetching, refetch } =
    useSuspenseInfiniteQuery(invoicesQuery(wanted))
  const [first] = data.pages
  const list = useRef<HTMLDivElement>(null)
  const shown = useRef<number>(undefined)
  const invoices = data.pages.flatMap((page) => page.invoices)

  // Whoever goes on with the keyboard goes on at the first of the new ones.
  useEffect(() => {
    if (shown.current === undefined || shown.current >= invoices.length) return
    list.current?.querySelectorAll<HTMLElement>('tbody th a')[shown.current]?.focus()
    shown.current = undefined
  }, [invoices.length])

  if (!first) return null
  if (first.source === 'none') {
    return (
      <AccountPage place={first} headline={say('invoices.unread')} why={say('invoices.unreadWhy')}>
        <Button
          kind="quiet"
          busy={isRefetching}
          busyText={<Words id="frame.checking" />}
          onClick={() => void refetch()}
        >
          <Words id="frame.checkAgain" />
        </Button>
      </AccountPage>
    )
  }
  return (
    <AccountPage place={first} headline={say('invoices.title')} width="wide">
      <div className="flex flex-col gap-6">
        {first.source === 'mirror' && (
          <Notice kind="info" word={say('invoices.asOf', { time: format.time(first.asOf) })} />
        )}
        <ToPay page={first} />
        {first.source === 'live' && (
          <Filters wanted={wanted} years={first.years} exportable={first.seesAmounts && wanted.number === undefined} />
        )}
        <div ref={list}>
          {invoices.length > 0 ? (
            <Rows invoices={invoices} now={first.now} label={say('invoices.title')} />
          ) : (
            <Nothing wanted={wanted} searched={first.searched} />
          )}
        </div>
        {isFetchNextPageError && <Notice kind="warning" role="alert" word={<Words id="invoices.moreFailed" />} />}
        {hasNextPage && (
          <Button
            kind="quiet"
            wide={false}
            busy={isFetchingNextPage}
            data-reads
            busyText={<Words id="invoices.loading" />}
            onClick={() => {
              shown.current = invoices.length
              void fetchNextPage()
            }}
          >
            <Words id="invoices.more" />
          </Button>
        )}
        {first.mayPay && <OpenLinks now={first.now} />}
      </div>
    </AccountPage>
  )
}

/** What will stand here, or why nothing does. */
function Nothing({ wanted, searched }: { readonly wanted: Wanted; readonly searched: number | undefined }) {
  const format = useFormat()
  const { number, status, year } = wanted
  if (number === undefined && status === undefined && year === undefined) {
    return (
      <Empty>
        <Words id="invoices.none" />
      </Empty>
    )
  }
  return (
    <>
      <Empty>
        {number !== undefined && searched !== undefined && (
          <Words
            id="invoices.noneFoundAmong"
            values={{ number: <bdi>{number}</bdi>, count: format.number(searched) }}
          />
        )}
        {number !== undefined && searched === undefined && (
          <Words id="invoices.noneFound" values={{ number: <bdi>{number}</bdi> }} />
        )}
        {number === undefined && <Words id={status === 'to-pay' ? 'invoices.nothingToPay' : 'invoices.noneLikeThis'} />}
      </Empty>
      <Link to={paths.invoices} className="link target">
        <Words id="invoices.showAll" />
      </Link>
    </>
  )
}
