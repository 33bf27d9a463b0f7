/** The place of words that are not known yet. `width` and `height` are Tailwind classes. */
export function Skeleton({ width = 'w-full', height = 'h-4' }: { readonly width?: string; readonly height?: string }) {
  return <span aria-hidden="true" data-skeleton className={`block rounded-control bg-sunken ${width} ${height}`} />
}
