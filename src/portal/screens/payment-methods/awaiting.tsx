import type { Awaited, MethodsPage } from '#contract/methods.ts'
import { LinkButton, Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Icon } from '#ui/icon.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Part } from '#portal/account-page.tsx'
import { abandonDeed } from '#portal/api/methods.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { DeedNotice } from './deed-notice.tsx'
import type { News } from './news.tsx'
import { VerifyForm } from './verify-form.tsx'

type AwaitingProps = { readonly page: MethodsPage; readonly onDone: (news: News) => void }

/** Bank accounts that cannot be charged yet: what is to be done, and by when. */
export function Awaiting({ page, onDone }: AwaitingProps) {
  if (page.awaited.length === 0) return null
  return (
    <Part title={<Words id="methods.waiting" />}>
      <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
        {page.awaited.map((account) => (
          <li key={account.setupIntent} className="flex gap-3 py-4">
            <span className="text-quiet">
              <Icon name="bank" />
            </span>
            <Account page={page} account={account} onDone={onDone} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Account({ page, account, onDone }: AwaitingProps & { readonly account: Awaited }) {
  const { say } = useWords()
  const format = useFormat()
  const [leaving, leave] = useState(false)
  const face = format.face(account.method ?? { id: '', kind: 'us_bank_account' })
  const day = account.arrives === undefined ? say('verify.noDay') : format.day(account.arrives, page.now)
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-3">
      <div>
        <p className="font-medium tabular-nums">
          <bdi>{face}</bdi>
        </p>
        {account.bank !== undefined && <p className="text-small text-quiet">{account.bank}</p>}
      </div>
      <p>
        <Words id={`verify.${account.proof}`} values={{ day }} /> <Words id="verify.until" />
      </p>
      {page.mayPay && account.proof !== 'none' && (
        <VerifyForm
          setupIntent={account.setupIntent}
          proof={account.proof}
          onVerified={() => onDone({ kind: 'verified' })}
        />
      )}
      {page.mayPay && (
        <div className="text-small">
          <LinkButton aria-haspopup="dialog" onClick={() => leave(true)}>
            <Words id="verify.abandon" />
          </LinkButton>
        </div>
      )}
      {leaving && <AbandonDialog setupIntent={account.setupIntent} onClose={() => leave(false)} />}
    </div>
  )
}

function AbandonDialog({ setupIntent, onClose }: { readonly setupIntent: string; readonly onClose: () => void }) {
  const deed = useMutation(abandonDeed(useQueryClient()))
  return (
    <Dialog title={<Words id="verify.abandon" />} close={<Words id="methods.close" />} onClose={onClose}>
      <p>
        <Words id="verify.abandonWhy" />
      </p>
      <DeedNotice error={deed.error} outcome={undefined} />
      <Button
        busy={deed.isPending}
        busyText={<Words id="methods.removing" />}
        onClick={() => deed.mutate(setupIntent, { onSuccess: onClose })}
      >
        <Words id="verify.abandonGo" />
      </Button>
    </Dialog>
  )
}
