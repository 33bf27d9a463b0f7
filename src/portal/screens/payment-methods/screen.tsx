import type { MethodsPage, SavedMethod } from '#contract/methods.ts'
import { buttonLook } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Link, useLocation } from 'react-router-dom'
import { AccountPage, Empty, Part } from '#portal/account-page.tsx'
import { methodsQuery } from '#portal/api/methods.ts'
import { useFormat } from '#portal/format.ts'
import { paths } from '#portal/paths.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Awaiting } from './awaiting.tsx'
import { BackupDialog } from './backup-dialog.tsx'
import { DefaultDialog } from './default-dialog.tsx'
import { MethodRow, type MethodWish } from './method-row.tsx'
import { newsIn, NewsNotice, type News } from './news.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { Uncovered } from './uncovered.tsx'
import { Unread, WhoCan, WhoCanLine } from './who-can.tsx'

/** What is saved, what is charged to it and when, and what can be done about it. */
export function Component() {
  const { data: page } = useSuspenseQuery(methodsQuery)
  const { say } = useWords()
  const { state } = useLocation()
  const [news, tell] = useState<News | undefined>(() => newsIn(state))
  const [wish, setWish] = useState<MethodWish>()
  if (!page.shown) return <WhoCan page={page} />
  if (page.source === 'none') return <Unread page={page} />
  const chosen = page.methods.find(({ method }) => method.id === wish?.id)
  const close = () => setWish(undefined)
  const done = (told: News) => {
    close()
    tell(told)
  }
  return (
    <AccountPage place={page} headline={say('methods.title')} why={<Why page={page} />}>
      {news && <NewsNotice key={`${news.kind} ${'method' in news ? news.method.id : ''}`} news={news} />}
      <Standing page={page} />
      <Uncovered page={page} />
      <Awaiting page={page} onDone={tell} />
      <Methods page={page} onWish={setWish} onDone={tell} />
      {chosen && wish?.deed === 'backup' && (
        <BackupDialog key={chosen.method.id} page={page} saved={chosen} onClose={close} onDone={done} />
      )}
      {chosen && wish?.deed === 'default' && (
        <DefaultDialog key={chosen.method.id} page={page} saved={chosen} onClose={close} onDone={done} />
      )}
      {chosen && wish?.deed === 'remove' && (
        <RemoveDialog key={chosen.method.id} page={page} saved={chosen} onClose={close} onDone={done} />
      )}
    </AccountPage>
  )
}

function Why({ page: { methods } }: { readonly page: MethodsPage }) {
  const format = useFormat()
  const first = methods.find(({ isDefault }) => isDefault)
  if (!first) return methods.length > 0 ? <Words id="methods.noDefault" /> : null
  return <Words id="methods.why" values={{ method: <bdi>{format.face(first.method)}</bdi> }} />
}

/** Whether what stands here is of now, and who may change it. */
function Standing({ page }: { readonly page: MethodsPage }): ReactNode {
  const format = useFormat()
  if (page.source === 'mirror')
    return <Notice kind="info" word={<Words id="methods.asOf" values={{ time: format.time(page.asOf) }} />} />
  return page.mayPay ? null : <WhoCanLine page={page} />
}

type MethodsProps = {
  readonly page: MethodsPage
  readonly onWish: (wish: MethodWish) => void
  readonly onDone: (news: News) => void
}

function Methods({ page, onWish, onDone }: MethodsProps) {
  const { methods } = page
  const charged = methods.filter(isCharged)
  const spare = methods.filter((saved) => !isCharged(saved))
  const add = page.mayPay && page.source === 'live' && (
    <Link
      to={paths.addMethod}
      className={`${buttonLook(methods.length === 0 ? 'primary' : 'quiet', false)} self-start`}
    >
      <Words id="methods.add" />
    </Link>
  )
  const rows = (saved: readonly SavedMethod[]) => (
    <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {saved.map((one) => (
        <MethodRow key={one.method.id} page={page} saved={one} onWish={onWish} onDone={onDone} />
      ))}
    </ul>
  )
  return (
    <>
      {methods.length === 0 && (
        <Empty>
          <Words id="methods.none" />
        </Empty>
      )}
      {charged.length > 0 && <Part title={<Words id="methods.charged" />}>{rows(charged)}</Part>}
      {add}
      {spare.length > 0 && <Part title={<Words id="methods.spare" />}>{rows(spare)}</Part>}
    </>
  )
}

function isCharged({ isDefault, plans, recharges }: SavedMethod): boolean {
  return isDefault || recharges || plans.length > 0
}
