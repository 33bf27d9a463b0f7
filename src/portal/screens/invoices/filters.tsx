import type { Wanted } from '#portal/api/invoices.ts'
import { paperPaths } from '#portal/api/invoices.ts'
import { useWished } from '#portal/wished.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { SelectField, TextField } from '#ui/field.tsx'
import { useState, type FormEvent } from 'react'
import { Link, useNavigate } from 'react-router-dom'
import { listAt } from './wanted.ts'

type FiltersProps = { readonly wanted: Wanted; readonly years: readonly number[]; readonly exportable: boolean }

const choices = [
  { word: 'invoices.all' },
  { status: 'to-pay', word: 'invoices.open' },
  { status: 'paid', word: 'invoices.paid' },
  { status: 'other', word: 'invoices.other' },
] as const

/** Which of them are shown: all of it stands in the address. */
export function Filters({ wanted, years, exportable }: FiltersProps) {
  const { say } = useWords()
  const [{ number, status, year }, wish] = useWished(wanted)
  function choose(chosen: string) {
    const next = { ...(status && { status }), ...(chosen !== '' && { year: Number(chosen) }) }
    wish(next, listAt(next))
  }
  return (
    <div className="flex flex-col gap-4">
      <nav aria-label={say('invoices.show')}>
        <ul className="flex flex-wrap gap-x-6">
          {choices.map((choice) => {
            const of = 'status' in choice ? choice.status : undefined
            const here = number === undefined && status === of
            return (
              <li key={choice.word}>
                <Link
                  to={listAt({ ...(of && { status: of }), ...(year !== undefined && { year }) })}
                  aria-current={here ? 'true' : undefined}
                  className={`target underline-offset-6 ${here ? 'font-semibold text-ink underline decoration-2' : 'text-quiet hover:text-ink hover:underline'}`}
                >
                  <Words id={choice.word} />
                </Link>
              </li>
            )
          })}
        </ul>
      </nav>
      <div className="flex flex-col gap-4 md:flex-row md:items-start">
        {years.length > 1 && (
          <div className="md:w-40">
            <SelectField
              id="invoices-year"
              label={<Words id="invoices.year" />}
              value={year === undefined ? '' : String(year)}
              empty={say('invoices.everyYear')}
              groups={[{ options: years.map((one) => ({ value: String(one), label: String(one) })) }]}
              onChoose={choose}
            />
          </div>
        )}
        <Search key={wanted.number ?? ''} number={wanted.number} />
        {exportable && (
          <a
            href={paperPaths.csv({ ...(status && { status }), ...(year !== undefined && { year }) })}
            download
            className="link target md:ms-auto md:mt-7"
          >
            <Words id="invoices.export" />
          </a>
        )}
      </div>
    </div>
  )
}

function Search({ number }: { readonly number: string | undefined }) {
  const navigate = useNavigate()
  const [typed, type] = useState(number ?? '')
  function find(event: FormEvent) {
    event.preventDefault()
    const sought = typed.trim()
    void navigate(listAt(sought === '' ? {} : { number: sought }))
  }
  return (
    <search className="min-w-0 md:w-90">
      <form onSubmit={find} className="flex gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            id="invoices-number"
            type="search"
            autoComplete="off"
            maxLength={40}
            pattern="[\w .#\/\-]*"
            label={<Words id="invoices.search" />}
            hint={<Words id="invoices.searchHint" />}
            value={typed}
            onType={type}
          />
        </div>
        <div className="mt-6.5">
          <Button type="submit" kind="quiet" wide={false}>
            <Words id="invoices.find" />
          </Button>
        </div>
      </form>
    </search>
  )
}
