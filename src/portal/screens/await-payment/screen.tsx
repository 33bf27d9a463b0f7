import type { Visit } from '#contract/visit.ts'
import { AskUs, BackToApp, Frame } from '#portal/frame.tsx'
import { useFormat } from '#portal/format.ts'
import { AmountDue } from '#portal/payments/amount-due.tsx'
import { debtIn, troubleFor } from '#portal/payments/debt.ts'
import { isMended, LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { useLongWait } from '#portal/payments/use-long-wait.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Card } from '#ui/card.tsx'
import { Progress } from '#ui/progress.tsx'
import { Row } from '#ui/stack.tsx'

/** Nothing to press: the page follows the account until the bank has answered. */
export function Component() {
  const visit = useVisit()
  const { say } = useWords()
  const format = useFormat()
  const long = useLongWait()
  useReturnFromBank(visit.check?.id)

  if (isMended(visit, 'await-payment', { kind: 'idle' })) return <LeaveWhenMended visit={visit} />
  const trouble = troubleFor(visit, 'await-payment')
  const debt = trouble && debtIn(visit, trouble)
  const method = trouble && 'method' in trouble ? trouble.method : undefined
  const since = trouble && 'since' in trouble ? trouble.since : undefined

  return (
    <Frame
      visit={visit}
      headline={say('reason.payment_processing')}
      why={<Words id="await.why" />}
      ways={[<BackToApp key="app" app={visit.app} />, <AskUs key="us" merchant={visit.merchant} />]}
      next={<Words id={isCard(method) ? 'await.card' : 'await.debit'} />}
    >
      <Card>
        {debt && visit.mayPay && <AmountDue debt={debt} now={visit.now} />}
        {method && visit.mayPay && <Row start={<Words id="await.method" />} end={<bdi>{format.face(method)}</bdi>} />}
        {since !== undefined && <Row start={<Words id="await.since" />} end={format.day(since, visit.now)} />}
        <Progress>
          <Words id={long ? 'await.long' : 'await.waiting'} />
        </Progress>
      </Card>
    </Frame>
  )
}

function isCard(method: Visit['methods'][number] | undefined): boolean {
  return method === undefined || method.kind === 'card'
}
