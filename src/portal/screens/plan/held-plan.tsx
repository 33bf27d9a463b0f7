import type { ActName, Discount, Holding, Holdings, PlanAct } from '#contract/holding.ts'
import { useFormat } from '#portal/format.ts'
import { fixPath, paths } from '#portal/paths.ts'
import type { WordId } from '#portal/words/message.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { buttonLook, LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { ActNotice } from '#portal/acting/act-notice.tsx'
import { CancelDialog, type DialogProps } from './cancel-dialog.tsx'
import { CodeDialog } from './code-dialog.tsx'
import { Facts } from './facts.tsx'
import { PauseDialog } from './pause-dialog.tsx'
import { PlannedChange } from './planned-change.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { standsAs } from './standing.ts'
import { usePlanAct } from '#portal/acting/use-plan-act.ts'

type HeldPlanProps = {
  readonly page: Holdings
  readonly holding: Holding
  /** What has been done, for the page to say. */
  readonly onDone: (word: string) => void
}

/** What has a page of its own, and what asks in a dialog. */
const pages = {
  renew: { word: 'act.renew', to: fixPath('renew') },
  resume: { word: 'act.resume', to: fixPath('resume') },
  change: { word: 'act.change', to: paths.changePlan },
  seats: { word: 'act.seats', to: paths.changeSeats },
} as const satisfies Partial<Record<ActName, { word: WordId; to: string }>>

const dialogs = {
  code: { word: 'act.code', Content: CodeDialog },
  pause: { word: 'act.pause', Content: PauseDialog },
  cancel: { word: 'act.cancel', Content: CancelDialog },
} as const satisfies Record<string, { word: WordId; Content: (props: DialogProps) => ReactNode }>

type DialogName = keyof typeof dialogs

/** One subscription: how it stands, what it is, what can be done with it. */
export function HeldPlan({ page, holding, onDone }: HeldPlanProps) {
  const { say } = useWords()
  const format = useFormat()
  const [open, setOpen] = useState<DialogName | Discount>()
  const { acts, plan } = holding
  const close = () => setOpen(undefined)
  const done = (act: PlanAct) => {
    close()
    onDone(doneWord(act))
  }
  const dialog = { page, holding, onClose: close, onDone: done }

  function doneWord(act: PlanAct): string {
    const day = format.day(
      holding.status === 'trialing' ? (holding.trialEnd ?? holding.periodEnd) : holding.periodEnd,
      page.now,
    )
    switch (act.act) {
      case 'cancel':
        return act.when === 'end' ? say('acted.cancel', { plan, day }) : say('acted.cancelNow', { plan })
      case 'keep':
        return say('acted.keep', { plan })
      case 'pause':
        return say('acted.pause', { plan })
      case 'code':
        return say('acted.code')
      case 'remove-code':
        return say('acted.remove')
      case 'undo':
        return say('acted.undo', { plan })
      case 'change':
        return say('done.changed')
    }
  }

  const [first, ...ways] = (Object.keys(pages) as (keyof typeof pages)[]).filter((name) => acts.includes(name))
  const asked = (Object.keys(dialogs) as DialogName[]).filter(
    (name) => acts.includes(name) || (name === 'cancel' && acts.includes('cancel-now')),
  )
  return (
    <section aria-label={plan} className="flex flex-col gap-4">
      <div>
        <h2 className="text-title font-semibold break-words">
          <bdi>{plan}</bdi>
        </h2>
        <p className="text-quiet">{standsAs(holding, { page, say, format })}</p>
      </div>
      <Situations page={page} holding={holding} onDone={done} />
      {acts.includes('keep') && <Keep holding={holding} onDone={done} />}
      <Facts page={page} holding={holding} onRemove={setOpen} />
      {(first !== undefined || asked.length > 0) && (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          {first !== undefined && (
            <Link to={pages[first].to} className={buttonLook(goesOn(first) ? 'primary' : 'quiet', false)}>
              <Words id={pages[first].word} />
            </Link>
          )}
          {ways.map((name) => (
            <Link key={name} to={pages[name].to} className="link target">
              <Words id={pages[name].word} />
            </Link>
          ))}
          {asked.map((name) => (
            <LinkButton key={name} aria-haspopup="dialog" onClick={() => setOpen(name)}>
              <Words id={dialogs[name].word} />
            </LinkButton>
          ))}
        </div>
      )}
      {typeof open === 'object' && <RemoveDialog {...dialog} discount={open} />}
      {typeof open === 'string' && <Asked name={open} dialog={dialog} />}
    </section>
  )
}

/** What has stopped goes on by it, so it is the one thing to do. */
function goesOn(name: keyof typeof pages): boolean {
  return name === 'renew' || name === 'resume'
}

function Asked({ name, dialog }: { readonly name: DialogName; readonly dialog: DialogProps }) {
  const { Content } = dialogs[name]
  return <Content {...dialog} />
}

/** The way back from an end that has not come yet: one click, because nothing is lost by it. */
function Keep({ holding: { id }, onDone }: { readonly holding: Holding; readonly onDone: (act: PlanAct) => void }) {
  const { situation, act } = usePlanAct(id, onDone)
  return (
    <>
      <ActNotice situation={situation} />
      <div>
        <button
          type="button"
          aria-disabled={situation === 'busy' || undefined}
          onClick={() => act({ act: 'keep', subscription: id })}
          className={buttonLook('primary', false)}
        >
          <Words id={situation === 'busy' ? 'act.busy' : 'act.keep'} />
        </button>
      </div>
    </>
  )
}

type SituationsProps = Pick<HeldPlanProps, 'page' | 'holding'> & { readonly onDone: (act: PlanAct) => void }

/** What stands out: money that is owed, a change that waits, what the merchant has arranged. */
function Situations({ page, holding, onDone }: SituationsProps) {
  const { now, merchant, mayPay } = page
  const format = useFormat()
  const { owed, changing, next, scheduled } = holding
  const by = { merchant: <bdi>{merchant.name}</bdi> }
  return (
    <>
      {owed && (
        <Notice kind="warning" word={<Words id="held.owed" values={{ amount: <bdi>{format.money(owed)}</bdi> }} />}>
          {mayPay && (
            <Link to={paths.invoices} className="link target">
              <Words id="held.pay" />
            </Link>
          )}
        </Notice>
      )}
      {changing !== undefined && (
        <Notice kind="info" word={<Words id="held.changing" />}>
          <Words id="held.changingWhy" values={{ time: format.moment(changing, now) }} />
        </Notice>
      )}
      <PlannedChange page={page} holding={holding} onDone={onDone} />
      {next && (
        <Notice
          kind="info"
          word={<Words id="held.next" values={{ day: format.day(next.at, now), plan: <bdi>{next.plan}</bdi> }} />}
        >
          <Words id="held.nextWhy" values={by} />
        </Notice>
      )}
      {scheduled && !next && <Notice kind="info" word={<Words id="held.scheduled" values={by} />} />}
    </>
  )
}
