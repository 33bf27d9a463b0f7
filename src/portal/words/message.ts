import type { ReactNode } from 'react'
import type { en } from './en.ts'

export type WordId = keyof typeof en

/**
 * The names between braces of an ICU message, read by the compiler: a sentence about money with a hole in it does not
 * compile. Inside plural branches write at least two words, or a lone word would be taken for a name.
 */
type NameIn<M extends string> = M extends `${string}{${infer Inside}}${infer Rest}`
  ? Named<Inside> | NameIn<Rest>
  : never

type Named<Inside extends string> = Inside extends `{${infer Deeper}`
  ? Named<Deeper>
  : Inside extends `${infer Name},${infer Branches}`
    ? Name | NestedIn<Branches>
    : Inside extends `${string} ${string}` | `#${string}`
      ? NestedIn<Inside>
      : Inside

type NestedIn<Text extends string> = Text extends `${string}{{${infer Name}` ? Name : never

type Parameters<Id extends WordId> = NameIn<(typeof en)[Id]>

/** The tags of a message, `<b>…</b>`, each of which needs a component. */
type TagIn<M extends string> = M extends `${string}</${infer Tag}>${infer Rest}` ? Tag | TagIn<Rest> : never

type Text<Id extends WordId, V> = [Parameters<Id>] extends [never]
  ? { readonly values?: never }
  : { readonly values: Readonly<Record<Parameters<Id>, V>> }

/** Props of `<Words>`: values may be nodes. */
export type WordsProps<Id extends WordId> = { readonly id: Id } & Text<Id, ReactNode> &
  ([TagIn<(typeof en)[Id]>] extends [never]
    ? { readonly components?: never }
    : { readonly components: Readonly<Record<TagIn<(typeof en)[Id]>, ReactNode>> })

/** Arguments of `say` after the id. */
export type SayValues<Id extends WordId> = [Parameters<Id>] extends [never]
  ? readonly []
  : readonly [values: Readonly<Record<Parameters<Id>, string | number>>]
