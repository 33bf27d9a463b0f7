import type { Place } from '#contract/place.ts'
import { useRef, type MouseEvent, type ReactNode } from 'react'
import { Near, Places } from './account-places.tsx'
import { Footer, Headline, Mark, Sandbox, Whereabouts } from './corridor.tsx'
import { Words, useWords } from './words/words.ts'

type AccountPageProps = {
  readonly place: Place
  /** One line: how it stands, or what this page is. */
  readonly headline: string
  readonly why?: ReactNode
  readonly children?: ReactNode
  /** `wide` for tables. */
  readonly width?: 'letter' | 'wide'
}

/** A calm page of the account: five places to go to, one column to read. */
export function AccountPage({ place, headline, why, children, width = 'letter' }: AccountPageProps) {
  const { say } = useWords()
  return (
    <AccountFrame place={place}>
      <title>{say('frame.title', { headline, merchant: place.merchant.name })}</title>
      <div className="flex flex-col gap-3">
        <Whereabouts about={place} />
        <Near />
        <Headline>{headline}</Headline>
        {why !== undefined && <div className="max-w-measure text-lead text-quiet">{why}</div>}
      </div>
      <div className={width === 'letter' ? 'flex max-w-letter flex-col gap-12 pt-2' : 'flex flex-col gap-12 pt-2'}>
        {children}
      </div>
    </AccountFrame>
  )
}

type AccountFrameProps = {
  /** Left out until it is known whose account this is. */
  readonly place?: Place | undefined
  readonly children: ReactNode
}

/** What stands around every account page, also while it is on its way. Below the phone's bar nothing is ever hidden. */
export function AccountFrame({ place, children }: AccountFrameProps) {
  const content = useRef<HTMLElement>(null)
  function skip(event: MouseEvent) {
    event.preventDefault()
    content.current?.focus()
  }
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-account flex-col px-4 bar:pb-[calc(4rem+env(safe-area-inset-bottom))] lg:px-8">
      <a
        href="#content"
        onClick={skip}
        className="absolute start-4 top-2 z-20 -translate-y-24 rounded-control bg-surface px-4 py-2 text-accent underline shadow-float focus:translate-y-0"
      >
        <Words id="account.skip" />
      </a>
      <header className="text-small text-quiet">
        <div className="flex min-h-16 items-center justify-between gap-4">
          {place && <Mark name={place.merchant.name} />}
          {place?.merchant.supportUrl !== undefined && (
            <a
              href={place.merchant.supportUrl}
              className="target shrink-0 rounded-control underline-offset-3 hover:underline"
            >
              <Words id="frame.help" />
            </a>
          )}
        </div>
        {place?.sandbox && <Sandbox />}
      </header>
      <div className="flex flex-1 flex-col lg:flex-row lg:gap-12">
        <Places />
        <main
          id="content"
          ref={content}
          tabIndex={-1}
          className="flex min-w-0 flex-1 flex-col gap-6 pt-4 pb-12 sm:pt-12"
        >
          {children}
        </main>
      </div>
      <Footer />
    </div>
  )
}

type PartProps = { readonly title: ReactNode; readonly beside?: ReactNode; readonly children: ReactNode }

/** A part of an account page, with what can be done about it beside its title. */
export function Part({ title, beside, children }: PartProps) {
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-lead font-semibold">{title}</h2>
        {beside}
      </div>
      {children}
    </section>
  )
}

/** What will stand here, and when. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="border-y border-hairline py-3 text-quiet">{children}</p>
}
