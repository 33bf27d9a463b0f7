import type { Visit } from '#contract/visit.ts'
import { useFormat } from '#portal/format.ts'
import { paths, withCheck } from '#portal/paths.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import type { ReactNode } from 'react'
import { AskPayers } from './ask-payers.tsx'
import { debtIn } from './debt.ts'
import { FinanceLink } from './finance-link.tsx'
import { OpenLinks } from './open-links.tsx'
import { saleFor } from './sale.ts'

/** Everybody else who could pay, and how they get there. */
export function ShareDialog({ visit, onClose }: { readonly visit: Visit; readonly onClose: () => void }) {
  const debt = debtIn(visit)
  const fix = guestFixOf(visit)
  return (
    <Dialog title={<Words id="share.title" />} close={<Words id="share.close" />} onClose={onClose}>
      {debt && fix && (
        <Part title={<Words id="share.finance" />}>
          <FinanceLink visit={visit} debt={debt} fix={fix} />
          <OpenLinks now={visit.now} />
        </Part>
      )}
      <Part
        title={<Words id="share.colleagues" values={{ account: <bdi>{visit.account.label}</bdi> }} />}
        {...(debt && fix && { below: true })}
      >
        <AskPayers visit={visit} />
        <CopyMessage visit={visit} />
      </Part>
    </Dialog>
  )
}

type PartProps = { readonly title: ReactNode; readonly below?: boolean; readonly children: ReactNode }

function Part({ title, below = false, children }: PartProps) {
  return (
    <section className={`flex flex-col gap-3 ${below ? 'border-t border-hairline pt-6' : ''}`}>
      <h3 className="text-lead font-semibold">{title}</h3>
      {children}
    </section>
  )
}

/** Only an open invoice can be paid by somebody without a login. */
function guestFixOf({ diagnosis: { blockers } }: Visit): 'update-card' | 'pay-invoice' | 'confirm-payment' | undefined {
  const fix = blockers.find((blocker) => 'debt' in blocker && blocker.debt)?.fix
  return fix === 'update-card' || fix === 'pay-invoice' || fix === 'confirm-payment' ? fix : undefined
}

/** The message and the link, to be sent as one likes. */
function CopyMessage({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const format = useFormat()
  const total = debtIn(visit)?.total
  const about = {
    account: visit.account.label,
    app: visit.app.name,
    link: `${globalThis.location?.origin ?? ''}${withCheck(paths.enter, visit.check?.id)}`,
  }
  const [first] = visit.diagnosis.blockers
  const goesOn = saleFor(visit, 'renew') ?? saleFor(visit, 'resume')
  const message = total
    ? say('way.message', { ...about, amount: format.money(total) })
    : goesOn
      ? say('way.messageGoOn', about)
      : first && first.fix !== 'update-card'
        ? say('way.messageCause', { ...about, cause: say(`cause.${first.reason}`) })
        : say('way.messageNoDebt', about)
  return (
    <CopyButton kind="quiet" text={message} copied={<Words id="way.asked" />} refused={<Words id="ask.refused" />}>
      <Words id="ask.copyInstead" />
    </CopyButton>
  )
}
