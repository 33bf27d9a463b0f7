import type { ReactNode } from 'react'

/** What an act brings, one sentence a line. */
export function Consequences({ children }: { readonly children: readonly ReactNode[] }) {
  const told = children.filter((child) => child !== undefined && child !== false && child !== null)
  return (
    <ul className="flex flex-col gap-1.5">
      {told.map((child, index) => (
        // A dialog's sentences are a fixed list in a fixed order.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className="flex gap-2 before:text-quiet before:content-['–']">
          <span className="min-w-0">{child}</span>
        </li>
      ))}
    </ul>
  )
}
