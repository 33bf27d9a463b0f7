import type { UsagePage } from '#contract/usage-page.ts'
import { Empty, Part } from '#portal/account-page.tsx'
import { useFormat } from '#portal/format.ts'
import { fixPath } from '#portal/paths.ts'
import { Words } from '#portal/words/words.ts'
import { Link } from 'react-router-dom'

type Credits = NonNullable<UsagePage['credits']>
type CreditsProps = { readonly credits: Credits; readonly usage: UsagePage }

/** What is left, in which order it is drawn and when it expires, what drew it, and whether more comes by itself. */
export function Credits({ credits, usage }: CreditsProps) {
  const format = useFormat()
  const { balance, owed, lots, drawn, recharge } = credits
  return (
    <Part title={<Words id="usage.credits.title" />} beside={usage.mayPay && <Buy />}>
      <p className="text-title font-semibold tabular-nums">
        <Words id="usage.credits.left" values={{ balance }} />
      </p>
      {owed !== undefined && (
        <p>
          <Words id="usage.credits.owed" values={{ owed }} />
        </p>
      )}
      {lots.length > 0 ? (
        <ol className="flex flex-col divide-y divide-hairline border-y border-hairline">
          {lots.map((lot, index) => (
            <li
              key={`${lot.bought} ${lot.remaining} ${lot.expires}`}
              className="flex items-baseline justify-between gap-4 py-3"
            >
              <div className="min-w-0">
                <p>
                  <bdi>
                    {lot.given ? (
                      <Words id="usage.credits.gift" values={{ merchant: usage.merchant.name }} />
                    ) : (
                      (lot.name ?? <Words id="usage.credits.given" />)
                    )}
                  </bdi>{' '}
                  <span className="text-small text-quiet">
                    <Words id={index === 0 ? 'usage.credits.first' : 'usage.credits.then'} />
                  </span>
                </p>
                <p className="text-small text-quiet">
                  {lot.expires === undefined ? (
                    <Words
                      id={lot.given ? 'usage.credits.giftKeeps' : 'usage.credits.keeps'}
                      values={{ bought: format.shortDay(lot.bought, usage.now) }}
                    />
                  ) : (
                    <Words
                      id={lot.given ? 'usage.credits.giftExpires' : 'usage.credits.expires'}
                      values={{
                        bought: format.shortDay(lot.bought, usage.now),
                        day: format.shortDay(lot.expires, usage.now),
                        when: format.fromNow(lot.expires, usage.now),
                      }}
                    />
                  )}
                </p>
              </div>
              <span className="shrink-0 tabular-nums">{format.number(lot.remaining)}</span>
            </li>
          ))}
        </ol>
      ) : (
        <Empty>
          <Words id="usage.credits.none" />
        </Empty>
      )}
      <div className="flex flex-col gap-1 text-small text-quiet">
        {drawn.map(({ meter, name, credits: used }) => (
          <p key={meter}>
            <Words id="usage.credits.drawn" values={{ meter: <bdi>{name}</bdi>, credits: used }} />
          </p>
        ))}
        {recharge && <Recharge recharge={recharge} />}
      </div>
    </Part>
  )
}

function Buy() {
  return (
    <Link to={`${fixPath('buy-credits')}?pack=`} className="link target">
      <Words id="usage.credits.buy" />
    </Link>
  )
}

function Recharge({ recharge }: { readonly recharge: NonNullable<Credits['recharge']> }) {
  const format = useFormat()
  const { state, threshold = 0, pack = '', monthly } = recharge
  if (state === 'off')
    return (
      <p>
        <Words id="usage.recharge.off" />
      </p>
    )
  const values = { pack: <bdi>{pack}</bdi>, threshold }
  return (
    <>
      <p>
        {monthly ? (
          <Words id="usage.recharge.on" values={{ ...values, monthly: <bdi>{format.money(monthly)}</bdi> }} />
        ) : (
          <Words id="usage.recharge.onHidden" values={values} />
        )}
      </p>
      {state === 'stopped' && (
        <p className="font-medium text-warning">
          <Words id="usage.recharge.stopped" />
        </p>
      )}
    </>
  )
}
