import type { Visit } from '#contract/visit.ts'
import { useFormat } from '#portal/format.ts'
import { fixPath, fixPathWith } from '#portal/paths.ts'
import { intervalIn } from '#portal/payments/sale-due.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { buttonLook } from '#ui/button.tsx'
import { Row } from '#ui/stack.tsx'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import type { Way } from './ways.ts'

type WayRowProps = {
  readonly visit: Visit
  readonly way: Way
  /** What is counted: "requests". */
  readonly unit: string
  /** The one darkest button. */
  readonly main: boolean
}

/** One way out: what it is, what it costs, and the way there. */
export function WayRow({ visit, way, unit, main }: WayRowProps) {
  const { title, name, detail, price, per } = useTexts(visit, way, unit)
  const leads = leadFor(way, visit.check?.id)
  return (
    <li className="relative flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
      <Row
        start={
          <>
            {leads && !main ? (
              <Link to={leads} className="link font-semibold after:absolute after:inset-0">
                {title}
              </Link>
            ) : (
              <span className="font-semibold">{main ? (name ?? title) : title}</span>
            )}
            <span className="block text-small text-quiet">
              {detail}
              {main && (
                <>
                  {' '}
                  <Words id="limit.atOnce" />
                </>
              )}
            </span>
          </>
        }
        end={
          <>
            <bdi className="font-semibold">{price}</bdi>
            {per !== undefined && <span className="block text-small text-quiet">{per}</span>}
          </>
        }
      />
      {leads && main && (
        <Link to={leads} className={buttonLook('primary')}>
          <span>
            <MainWords way={way} />
          </span>
        </Link>
      )}
    </li>
  )
}

/** Each leads to its screen with the choice made. */
function leadFor(way: Way, check: string | undefined): string | undefined {
  switch (way.kind) {
    case 'less':
    case 'wait':
      return undefined
    case 'cap':
      return fixPath('raise-cap', check)
    case 'credits':
      return fixPathWith('buy-credits', check, { pack: way.pack.key })
    case 'plan':
      return fixPathWith('choose-plan', check, { plan: way.plan.key })
  }
}

type Texts = {
  readonly title: ReactNode
  /** Without the verb, where the button says it. */
  readonly name?: ReactNode
  readonly detail: ReactNode
  readonly price: string
  readonly per?: string
}

function useTexts({ now, app }: Visit, way: Way, unit: string): Texts {
  const { say } = useWords()
  const format = useFormat()
  switch (way.kind) {
    case 'less':
      return {
        title: <Words id="limit.less" values={{ count: format.number(way.left), unit }} />,
        detail: <Words id="limit.lessWhy" values={{ app: app.name }} />,
        price: say('limit.free'),
      }
    case 'wait':
      return {
        title: <Words id="limit.wait" values={{ day: format.day(way.until, now) }} />,
        detail: <Words id="limit.waitWhy" values={{ when: format.fromNow(way.until, now) }} />,
        price: say('limit.free'),
      }
    case 'cap':
      return {
        title: <Words id="limit.cap" values={{ limit: <bdi>{format.money(way.limit)}</bdi> }} />,
        detail: <Words id="limit.capWhy" values={{ now: <bdi>{format.money(way.cap.limit)}</bdi> }} />,
        price: say('limit.nothingNow'),
      }
    case 'credits':
      return {
        title: <Words id="limit.credits" values={{ pack: <bdi>{way.pack.name}</bdi> }} />,
        name: <bdi>{way.pack.name}</bdi>,
        detail: <Words id="limit.creditsWhy" />,
        price: format.money(way.pack.quote.due),
      }
    case 'plan': {
      const { name, price, interval, quote } = way.plan
      return {
        title: <Words id="limit.plan" values={{ plan: <bdi>{name}</bdi> }} />,
        name: <bdi>{name}</bdi>,
        detail: (
          <Words
            id="limit.planWhy"
            values={{ price: <bdi>{format.money(price)}</bdi>, every: intervalIn(interval, say) }}
          />
        ),
        price: quote.due.amount > 0 ? format.money(quote.due) : say('limit.nothingNow'),
        ...(quote.due.amount > 0 && { per: say('limit.today') }),
      }
    }
  }
}

function MainWords({ way }: { readonly way: Way }) {
  const format = useFormat()
  switch (way.kind) {
    case 'credits':
      return <Words id="limit.toCredits" values={{ pack: <bdi>{way.pack.name}</bdi> }} />
    case 'plan':
      return <Words id="limit.toPlan" values={{ plan: <bdi>{way.plan.name}</bdi> }} />
    case 'cap':
      return <Words id="limit.toCap" values={{ limit: <bdi>{format.money(way.limit)}</bdi> }} />
    case 'less':
    case 'wait':
      return null
  }
}
