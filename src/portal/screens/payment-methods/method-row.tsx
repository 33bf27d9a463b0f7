import type { MethodsPage, SavedMethod } from '#contract/methods.ts'
import { canPayIn, currenciesOf } from '#diagnosis/payable-currencies.ts'
import { Badge } from '#ui/badge.tsx'
import { LinkButton } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Link } from 'react-router-dom'
import { useFormat, type Format } from '#portal/format.ts'
import { paths } from '#portal/paths.ts'
import { payableIn } from '#portal/payments/saved-methods.tsx'
import { methodWords } from '#portal/words/en/methods.ts'
import { useWords, Words, type Say } from '#portal/words/words.ts'
import { StandsBy, StopBackup } from './backup.tsx'
import { Charges, followersIn } from './charge.tsx'
import type { News } from './news.tsx'

export type MethodWish = { readonly deed: 'default' | 'remove' | 'backup'; readonly id: string }

type MethodRowProps = {
  readonly page: MethodsPage
  readonly saved: SavedMethod
  readonly onWish: (wish: MethodWish) => void
  readonly onDone: (news: News) => void
}

/** One of them: what it is, what is charged to it, what can be done. */
export function MethodRow({ page, saved, onWish, onDone }: MethodRowProps) {
  const { say } = useWords()
  const format = useFormat()
  const { method, plans, isDefault, usable } = saved
  const face = format.face(method)
  const foreign = currenciesBeyond(page, saved)
  const isBackup = page.backup?.method === method.id
  return (
    <li className="flex gap-3 py-4">
      <span className="text-quiet">
        <Icon name={method.kind === 'card' || method.kind === 'link' ? 'card' : 'bank'} />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <p className="min-w-0 font-medium tabular-nums">
            <bdi>{face}</bdi>
          </p>
          {isDefault && (
            <Badge>
              <Words id="methods.default" />
            </Badge>
          )}
          {isBackup && (
            <Badge>
              <Words id="backup.badge" />
            </Badge>
          )}
        </div>
        <p className="text-small wrap-anywhere text-quiet empty:hidden">{originOf(saved, say, format)}</p>
        <States saved={saved} />
        {!isDefault && usable && foreign.length > 0 && (
          <Badge icon="info">
            <Words id="methods.cannotFollow" values={{ currencies: format.list(foreign, 'disjunction') }} />
          </Badge>
        )}
        {(plans.length > 0 || saved.recharges) && (
          <div className="text-small text-quiet">
            <Charges plans={plans} recharges={saved.recharges} now={page.now} />
          </div>
        )}
        {isBackup && page.backup && <StandsBy page={page} backup={page.backup} />}
        {page.mayPay && page.source === 'live' && (
          <div className="flex flex-wrap gap-x-6 text-small">
            {!isDefault && usable && foreign.length === 0 && (
              <LinkButton
                aria-haspopup="dialog"
                aria-label={say('methods.makeDefaultOf', { method: face })}
                onClick={() => onWish({ deed: 'default', id: method.id })}
              >
                <Words id="methods.makeDefault" />
              </LinkButton>
            )}
            {saved.backs && !isBackup && (
              <LinkButton
                aria-haspopup="dialog"
                aria-label={say('backup.useOf', { method: face })}
                onClick={() => onWish({ deed: 'backup', id: method.id })}
              >
                <Words id="backup.use" />
              </LinkButton>
            )}
            {isBackup && <StopBackup face={face} onDone={onDone} />}
            {(isDefault || plans.length > 0) && (
              <Link
                to={`${paths.addMethod}?${new URLSearchParams({ instead: method.id })}`}
                aria-label={say('methods.replaceOf', { method: face })}
                className="link target"
              >
                <Words id="methods.replace" />
              </Link>
            )}
            <LinkButton
              aria-haspopup="dialog"
              aria-label={say('methods.removeOf', { method: face })}
              onClick={() => onWish({ deed: 'remove', id: method.id })}
            >
              <Words id="methods.remove" />
            </LinkButton>
          </div>
        )}
      </div>
    </li>
  )
}

/** "USD": what is charged to the default and this method does not pay in. */
function currenciesBeyond(page: MethodsPage, { method }: SavedMethod): readonly string[] {
  const charged = followersIn(page).flatMap(({ currency }) => currency ?? [])
  return [...new Set(charged)].filter((one) => !canPayIn(method, one)).map((one) => one.toUpperCase())
}

/** Whence it is and how long it works, in one quiet line. */
function originOf({ method, wallet, bank, email, expiry }: SavedMethod, say: Say, format: Format): string {
  const { expMonth, expYear } = method
  const until = expiry === 'good' && expMonth !== undefined && expYear !== undefined
  return [
    bank,
    email,
    wallet !== undefined && say('methods.fromWallet', { wallet: walletName(wallet, say) }),
    currenciesOf(method) && say('methods.pays', { currencies: payableIn(method, format) }),
    until && say('methods.until', { month: format.month(expMonth, expYear) }),
  ]
    .filter((part) => typeof part === 'string')
    .join(' · ')
}

/** Stripe's enums are open: a wallet that came later is called by its own word. */
function walletName(wallet: string, say: Say): string {
  const id = `wallet.${wallet}`
  return id in methodWords ? say(id as 'wallet.link') : wallet.replaceAll('_', ' ')
}

/** What keeps it from being charged, or will. */
function States({ saved: { method, expiry, usable, paying } }: { readonly saved: SavedMethod }) {
  const format = useFormat()
  const { expMonth, expYear } = method
  const month = expMonth === undefined ? '' : format.month(expMonth, expYear)
  return (
    <>
      {expiry === 'over' && (
        <Badge tone="danger" icon="danger">
          <Words id="methods.over" values={{ month }} />
        </Badge>
      )}
      {expiry === 'soon' && (
        <Badge tone="warning" icon="warning">
          <Words id="methods.soon" values={{ month }} />
        </Badge>
      )}
      {expiry !== 'over' && !usable && (
        <Badge tone="danger" icon="danger">
          <Words id="methods.closed" />
        </Badge>
      )}
      {paying && (
        <Badge icon="clock">
          <Words id="methods.paying" values={{ amount: format.money(paying) }} />
        </Badge>
      )}
    </>
  )
}
