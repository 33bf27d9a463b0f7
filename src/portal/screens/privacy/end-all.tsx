import type { EndAll as Wish, Privacy } from '#contract/privacy.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { after } from '#portal/api/after.ts'
import { endAllDeed } from '#portal/api/privacy.ts'
import { paths, type Left } from '#portal/paths.ts'
import { isSignedOut } from '#portal/watch.ts'
import { Words } from '#portal/words/words.ts'
import { Failed } from './failed.tsx'

/** Everywhere for oneself, and for an owner everybody: each says first what it does. */
export function EndAll({ privacy }: { readonly privacy: Privacy }) {
  const [wish, setWish] = useState<Wish['who']>()
  return (
    <div className="flex flex-wrap gap-x-6">
      <LinkButton onClick={() => setWish('me')}>
        <Words id="privacy.endAll" />
      </LinkButton>
      {(privacy.others ?? 0) > 0 && (
        <LinkButton onClick={() => setWish('everybody')}>
          <Words id="privacy.everybody" />
        </LinkButton>
      )}
      {wish && <Confirm privacy={privacy} who={wish} onClose={() => setWish(undefined)} />}
    </div>
  )
}

type ConfirmProps = { readonly privacy: Privacy; readonly who: Wish['who']; readonly onClose: () => void }

function Confirm({ privacy: { merchant, account, app, sessions, others = 0 }, who, onClose }: ConfirmProps) {
  const navigate = useNavigate()
  const end = useMutation(endAllDeed(useQueryClient()))
  const state: Left = { left: { merchant, account, app } }
  if (isSignedOut(end.error)) throw end.error
  return (
    <Dialog
      title={<Words id={who === 'me' ? 'privacy.endAllTitle' : 'privacy.everybodyTitle'} />}
      close={<Words id="privacy.cancel" />}
      onClose={onClose}
    >
      <p>
        {who === 'me' ? (
          <Words id="privacy.endAllWhy" values={{ count: sessions.length, app: app.name }} />
        ) : (
          <Words
            id="privacy.everybodyWhy"
            values={{ count: others, account: <bdi className="wrap-anywhere">{account.label}</bdi> }}
          />
        )}
      </p>
      {end.isError && <Failed />}
      <Button
        busy={end.isPending || end.isSuccess}
        busyText={<Words id="privacy.ending" />}
        onClick={() => after(end.mutateAsync(who), () => void navigate(paths.signIn, { replace: true, state }))}
      >
        <Words id={who === 'me' ? 'privacy.endAll' : 'privacy.everybody'} />
      </Button>
    </Dialog>
  )
}
