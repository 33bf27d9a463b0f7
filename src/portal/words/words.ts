import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { I18nProvider, Trans, useLingui } from '@lingui/react'
import { createElement, Fragment, type ReactNode } from 'react'
import type { SayValues, WordId, WordsProps } from './message.ts'

/** A language is one line here and one catalogue; it is fetched only when it is spoken. */
const catalogues = {
  en: async () => (await import('./en.ts')).en,
} as const satisfies Record<string, () => Promise<Readonly<Record<WordId, string>>>>

export type Language = keyof typeof catalogues

/** The first of the browser's languages that we speak; English otherwise. */
export function languageOf(wanted: readonly string[]): Language {
  const known = Object.keys(catalogues) as Language[]
  return wanted.flatMap((tag) => known.filter((language) => tag.toLowerCase().split('-')[0] === language))[0] ?? 'en'
}

const i18n = setupI18n().setMessagesCompiler(compileMessage)

export async function speak(language: Language): Promise<void> {
  i18n.loadAndActivate({ locale: language, messages: { ...(await catalogues[language]()) } })
}

export function WordsProvider({ children }: { readonly children?: ReactNode }) {
  return createElement(I18nProvider, { i18n }, children)
}

/** A message as nodes: `<Words id="frame.backTo" values={{ app: visit.app.name }} />`. */
export function Words<Id extends WordId>({ id, values, components }: WordsProps<Id>) {
  return createElement(Trans, {
    id,
    ...(values && { values: Object.fromEntries(Object.entries<ReactNode>(values).map(asText)) }),
    ...(components && { components }),
  })
}

/** A stranger's name is never read as markup: Lingui would look for tags in a plain string. */
function asText([name, value]: readonly [string, ReactNode]): [string, ReactNode] {
  return [name, typeof value === 'string' && value.includes('<') ? createElement(Fragment, null, value) : value]
}

export type Say = <Id extends WordId>(id: Id, ...values: SayValues<Id>) => string

/** For attributes and titles, where nodes cannot stand. */
export function useWords(): { readonly say: Say; readonly language: Language } {
  const { i18n: spoken } = useLingui()
  return {
    say: (id, ...[values]) => spoken._(id, values),
    language: spoken.locale as Language,
  }
}
