import type { DeskAnswer, TeamMember } from '#contract/desk-answer.ts'
import type { SendLinkRequest } from '#contract/desk-link.ts'
import { answerQuery } from '#support/api/answer.ts'
import { sendLink } from '#support/api/link.ts'
import { linkWords } from '#support/words/link.ts'
import { screenWords } from '#support/words/screens.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ReasonDialog } from './reason-dialog.tsx'

type SendLinkProps = { readonly answer: DeskAnswer; readonly member: TeamMember }

/** The exact fix for one member: as a letter from us, or to be handed on. Neither signs anybody in. */
export function SendLink({ answer, member: { person, reachable } }: SendLinkProps) {
  const { app, account, refused, link } = answer
  const client = useQueryClient()
  const [by, setBy] = useState<SendLinkRequest['by']>()
  const name = person.name?.text ?? person.id
  const sending = useMutation({
    mutationFn: (request: SendLinkRequest) => sendLink(app.id, account.id, request),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: answerQuery(app.id, account.id).queryKey.slice(0, 3) })
    },
  })
  function close() {
    setBy(undefined)
    sending.reset()
  }
  const about = { member: person.id, ...(refused && { check: refused.check }) }
  return (
    <span className="flex flex-wrap gap-x-3 text-small">
      {reachable && (
        <button
          type="button"
          className="link target"
          onClick={() => setBy('letter')}
          aria-label={linkWords.mailTo(name)}
        >
          {linkWords.mail}
        </button>
      )}
      <button type="button" className="link target" onClick={() => setBy('hand')} aria-label={linkWords.handTo(name)}>
        {linkWords.hand}
      </button>
      {by !== undefined && !sending.data && (
        <ReasonDialog
          title={by === 'letter' ? linkWords.mailTo(name) : linkWords.handTo(name)}
          why={linkWords.sendWhy(screenWords[link.screen])}
          go={by === 'letter' ? linkWords.mailGo : linkWords.handGo}
          busy={sending.isPending}
          error={sending.error}
          onGo={(reason) => sending.mutate({ ...about, by, reason })}
          onClose={close}
        />
      )}
      {sending.data && (
        <Dialog
          title={sending.data.by === 'letter' ? linkWords.mailed(name) : linkWords.handed(name)}
          close={linkWords.close}
          onClose={close}
        >
          <p>{sending.data.by === 'letter' ? linkWords.mailedWhy : linkWords.handedWhy}</p>
          <p className="rounded-control bg-sunken p-3 font-mono text-small break-all select-all">{sending.data.url}</p>
          <CopyButton text={sending.data.url} copied={linkWords.copied} refused={linkWords.copyRefused}>
            {linkWords.copyLink}
          </CopyButton>
        </Dialog>
      )}
    </span>
  )
}
