import type { PayingFix, Plan } from '#contract/deed.ts'
import type { Visit } from '#contract/visit.ts'
import type { Fix } from '#diagnosis/reason.ts'
import { confirmDeed, payDeed, setupDeed } from '#portal/api/deeds.ts'
import { visitQuery } from '#portal/api/visit.ts'
import { everyOffer } from '#portal/api/offers.ts'
import { fixPath, place, type Done } from '#portal/paths.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { openQuestion } from './asked.ts'
import type { CardFieldsHandle } from './card-fields.tsx'
import { doneOf } from './done.ts'
import { askAgain, confirmInvoice, payWith, saveNew, saveUnfinished, type Hands } from './money-deeds.ts'
import { listenToOtherTabs } from './other-tabs.ts'
import type { SaveResult } from './save-card.ts'
import { isOfTheCard, type Situation } from './situation.ts'

export type Payment = ReturnType<typeof usePayment>

/** What else is to be done once the money has arrived; answers what may be said about it. */
type Afterwards = () => Promise<Partial<Done>>

type Then = {
  readonly afterwards?: Afterwards
  /** The page of the account from which somebody came here, and to which they return once it is done. */
  readonly home?: string
}

/** Money on a screen: where the deed stands, and the deeds. `fix` is the server's verb that pays. */
export function usePayment(visit: Visit, screen: Fix, fix: PayingFix, { afterwards, home }: Then = {}) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const check = visit.check?.id
  const [situation, setSituation] = useState<Situation>(() => openQuestion(check))
  const running = useRef(false)
  const savedBefore = useRef<string>(undefined)
  const setup = useMutation(setupDeed(check))
  const confirm = useMutation(confirmDeed(client, check))

  useEffect(
    () =>
      listenToOtherTabs(() => {
        void client.invalidateQueries(visitQuery(check))
        void client.invalidateQueries(everyOffer)
      }),
    [client, check],
  )

  useEffect(() => {
    const follow = (from: Situation['kind'], to: 'idle' | 'offline') => () =>
      setSituation((now) => (now.kind === from ? { kind: to } : now))
    const lost = follow('idle', 'offline')
    const found = follow('offline', 'idle')
    window.addEventListener('offline', lost)
    window.addEventListener('online', found)
    return () => {
      window.removeEventListener('offline', lost)
      window.removeEventListener('online', found)
    }
  }, [])

  const hands: Hands = {
    visit,
    fix,
    setup: () => setup.mutateAsync(),
    // What is asked again is asked by the verb of then, whichever screen asks.
    pay: (deed, wish) =>
      client
        .getMutationCache()
        .build(client, payDeed(client, deed, check))
        .execute(wish),
    confirm: (confirming) => confirm.mutateAsync(confirming),
    show: (step) => setSituation({ kind: 'busy', step }),
    look: () => client.refetchQueries(visitQuery(check)),
    reprice: () => client.refetchQueries({ ...everyOffer, type: 'active' }),
    async leave(fresh, asked, came) {
      const state = { ...doneOf(asked, visit, fresh), ...(came === 'done' && (await afterwards?.())) }
      // Where nothing is stopped, money on its way is waited for at home.
      const goesHome = came === 'done' || fresh.diagnosis.blockers.length === 0
      const next = home !== undefined && goesHome ? home : place(fresh)
      void client.invalidateQueries({ ...everyOffer, refetchType: 'none' })
      void navigate(next, { replace: true, state })
      if (next !== fixPath(screen, check)) return { kind: 'over' }
      await client.refetchQueries({ ...everyOffer, type: 'active' })
      return { kind: 'idle' }
    },
  }

  /** Answers what came of it; undefined when something else is still going on. */
  async function run(deed: () => Promise<Situation>): Promise<Situation | undefined> {
    // The second click of a double click comes before the screen has said that it is busy.
    if (running.current) return undefined
    running.current = true
    try {
      const came: Situation = navigator.onLine ? await deed() : { kind: 'offline' }
      setSituation(came)
      return came
    } finally {
      running.current = false
    }
  }

  async function paySaved(result: SaveResult | Situation, plan: Plan): Promise<Situation> {
    if (result.kind !== 'saved') return result
    savedBefore.current = result.setupIntent
    const paid = await payWith(hands, { setupIntent: result.setupIntent }, plan)
    if (paid.kind === 'declined' || paid.kind === 'refused') savedBefore.current = undefined
    return paid
  }

  return {
    situation,
    payWithSaved: (method: string, plan: Plan) => run(() => payWith(hands, { method }, plan)),
    /** A card that was saved a moment ago and not touched since is not asked for twice. */
    payWithNew: (fields: CardFieldsHandle, plan: Plan) =>
      run(async () => {
        hands.show('saving')
        const before = savedBefore.current
        const saved = before === undefined ? await saveNew(hands, fields.save) : savedAs(before)
        return paySaved(saved, plan)
      }),
    payWithUnfinished: (unfinished: NonNullable<Visit['unfinished']>, plan: Plan) =>
      run(async () => {
        hands.show('bank')
        return paySaved(await saveUnfinished(hands, unfinished), plan)
      }),
    confirmInvoice: (invoice: string) => run(() => confirmInvoice(hands, invoice)),
    askAgain: () =>
      run(() => {
        hands.show('reading')
        return askAgain(hands)
      }),
    /** The person has changed the card: what was said about the last one no longer holds. */
    changed: () => {
      savedBefore.current = undefined
      if (isOfTheCard(situation)) setSituation({ kind: 'idle' })
    },
  }
}

function savedAs(setupIntent: string): SaveResult {
  return { kind: 'saved', setupIntent }
}
