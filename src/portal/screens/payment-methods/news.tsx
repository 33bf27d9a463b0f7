import type { Method } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { Told } from '#portal/told.tsx'
import { Words } from '#portal/words/words.ts'

/** What was just done, for the notice above the list. */
export type News =
  | { readonly kind: 'removed' | 'isDefault' | 'isBackup'; readonly method: Method }
  | { readonly kind: 'addedNew' | 'waiting' | 'verified' | 'noBackup' }

/** What the page before has done, carried in the history entry; written by this app alone. */
export function newsIn(state: unknown): News | undefined {
  return typeof state === 'object' && state !== null && 'news' in state ? (state.news as News) : undefined
}

export function NewsNotice({ news }: { readonly news: News }) {
  return (
    <Told kind={news.kind === 'waiting' ? 'info' : 'success'} word={<What news={news} />}>
      {news.kind in more ? <Words id={more[news.kind as keyof typeof more]} /> : undefined}
    </Told>
  )
}

const words = {
  addedNew: 'methods.addedNew',
  waiting: 'methods.willWait',
  verified: 'verify.done',
  noBackup: 'backup.noBackup',
  removed: 'methods.removed',
  isDefault: 'methods.isDefault',
  isBackup: 'backup.isBackup',
} as const
const more = { waiting: 'methods.willWaitWhy', noBackup: 'backup.noBackupWhy' } as const

function What({ news }: { readonly news: News }) {
  const format = useFormat()
  if (!('method' in news)) return <Words id={words[news.kind]} />
  return <Words id={words[news.kind]} values={{ method: <bdi>{format.face(news.method)}</bdi> }} />
}
