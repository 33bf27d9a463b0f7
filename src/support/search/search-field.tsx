import type { DeskSearch } from '#contract/desk-search.ts'
import { DeskError } from '#support/api/http.ts'
import { search } from '#support/api/search.ts'
import { accountPath } from '#support/paths.ts'
import { searchWords } from '#support/words/search.ts'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { useNavigate } from 'react-router-dom'
import { Results } from './results.tsx'

/** The one field that finds an account, on every page: `/` and Ctrl-K or ⌘K lead to it. One account found is gone to. */
export function SearchField({ takesFocus }: { readonly takesFocus: boolean }) {
  const field = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState('')
  const navigate = useNavigate()
  const searching = useMutation({
    mutationFn: search,
    // Whoever is no longer signed in goes to the door.
    throwOnError: (error) => error instanceof DeskError && error.status === 401,
    onSuccess: async (found) => {
      const only = onlyOne(found)
      if (only) await navigate(accountPath(only.app.id, only.account.id, only.check))
    },
  })
  useEffect(() => listenForKeys(() => field.current), [])
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [takesFocus])

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const typed = query.trim()
    if (typed !== '' && !searching.isPending) searching.mutate(typed)
  }
  function close() {
    searching.reset()
    field.current?.focus()
  }
  return (
    <search className="relative min-w-0 flex-1 basis-72">
      <form onSubmit={submit} className="flex min-w-0 items-center gap-2">
        <input
          ref={field}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          aria-label={searchWords.label}
          aria-keyshortcuts="/ Control+K Meta+K"
          placeholder={searchWords.hint}
          value={query}
          maxLength={4_096}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={({ currentTarget }) => setQuery(currentTarget.value)}
          className="min-h-11 w-full min-w-0 rounded-control border border-edge bg-surface px-3 py-1 text-ink placeholder:text-quiet"
        />
        <kbd
          aria-hidden="true"
          className="pointer-events-none absolute end-3 hidden bg-surface ps-2 text-small text-quiet lg:block"
        >
          {searchWords.keys}
        </kbd>
      </form>
      <output>
        {searching.isPending && <p className="absolute text-small text-quiet">{searchWords.searching}</p>}
      </output>
      {(searching.isError || (searching.data && !onlyOne(searching.data))) && (
        <Results {...(searching.data ? { found: searching.data } : { error: searching.error })} onClose={close} />
      )}
    </search>
  )
}

function onlyOne({ matches, more }: DeskSearch) {
  return matches.length === 1 && !more ? matches[0] : undefined
}

/** Wherever one is on the page; `/` only where it is not being written. */
function listenForKeys(field: () => HTMLInputElement | null): () => void {
  function heard(event: globalThis.KeyboardEvent) {
    const isShortcut =
      event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey
    const isSlash = event.key === '/' && !event.metaKey && !event.ctrlKey && !event.altKey && !isWriting(event.target)
    if (!isShortcut && !isSlash) return
    event.preventDefault()
    field()?.focus()
    field()?.select()
  }
  window.addEventListener('keydown', heard)
  return () => window.removeEventListener('keydown', heard)
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
