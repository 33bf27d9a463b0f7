import type { DeskSearch, SearchMatch } from '#contract/desk-search.ts'
import { DeskError } from '#support/api/http.ts'
import { format } from '#support/format.ts'
import { accountPath } from '#support/paths.ts'
import { kindWords, searchWords } from '#support/words/search.ts'
import { Notice } from '#ui/notice.tsx'
import { useLayoutEffect } from 'react'
import { Link } from 'react-router-dom'
import { Examples } from './examples.tsx'

type ResultsProps = {
  readonly found?: DeskSearch
  readonly error?: Error | null
  readonly onClose: () => void
}

/** Several accounts to choose from, or why there is none and what else can be searched for. */
export function Results({ found, error, onClose }: ResultsProps) {
  // What is seen can be closed already.
  useLayoutEffect(() => {
    const heard = ({ key }: KeyboardEvent) => key === 'Escape' && onClose()
    window.addEventListener('keydown', heard)
    return () => window.removeEventListener('keydown', heard)
  }, [onClose])
  return (
    <section
      aria-label={searchWords.label}
      className="absolute inset-x-0 top-full z-10 mt-2 flex max-h-[80dvh] flex-col gap-3 overflow-y-auto rounded-card border border-hairline bg-surface p-4 shadow-float"
    >
      {found ? <Found found={found} /> : <p role="alert">{whyFailed(error)}</p>}
      <button type="button" onClick={onClose} className="link target self-start text-small">
        {searchWords.close}
      </button>
    </section>
  )
}

function Found({ found }: { readonly found: DeskSearch }) {
  const { matches, more } = found
  return (
    <>
      {matches.length === 0 ? (
        <Nothing found={found} />
      ) : (
        <>
          <output className="block">{searchWords.many(format.number(matches.length))}</output>
          <ul className="flex flex-col">
            {matches.map((match) => (
              <li key={`${match.app.id} ${match.account.id}`} className="border-t border-hairline first:border-t-0">
                <Match match={match} />
              </li>
            ))}
          </ul>
          {more && <p className="text-small text-quiet">{searchWords.more}</p>}
        </>
      )}
      {found.stripe === 'silent' && <Notice kind="warning" word={searchWords.silent} />}
    </>
  )
}

function Match({ match: { app, account, check, person } }: { readonly match: SearchMatch }) {
  const about = [app.name, account.id, person?.name?.text, person?.email?.text].filter((part) => part !== undefined)
  return (
    <Link
      to={accountPath(app.id, account.id, check)}
      className="flex min-h-11 min-w-0 flex-col justify-center rounded-control px-2 py-2 hover:bg-sunken"
    >
      <bdi className="font-medium">{account.label}</bdi>
      <span className="text-small text-quiet">{about.join(' · ')}</span>
    </Link>
  )
}

function Nothing({ found: { kinds, wholeCard, customer, stripe } }: { readonly found: DeskSearch }) {
  const tried = format.either(kinds.map((kind) => kindWords[kind]))
  if (wholeCard)
    return (
      <Notice kind="danger" word={searchWords.nothing} role="alert">
        {searchWords.wholeCard}
      </Notice>
    )
  return (
    <>
      <output className="flex flex-col gap-1">
        <p className="font-semibold">{searchWords.nothing}</p>
        <p>{kinds.length === 0 ? searchWords.notUnderstood : searchWords.lookedFor(tried)}</p>
        {kinds.includes('code') && <p>{searchWords.codeGone}</p>}
        {customer !== undefined && <p>{searchWords.orphan(customer)}</p>}
        {stripe === 'no-search' && <p>{searchWords.noSearch}</p>}
      </output>
      <Examples />
    </>
  )
}

function whyFailed(error: Error | null | undefined): string {
  const status = error instanceof DeskError ? error.status : undefined
  if (status === 429) return searchWords.tooMany
  return status === 0 ? searchWords.offline : searchWords.failed
}
