/** How much of a whole, from 0 to 1. The numbers stand beside it in words, so it is not read out. */
export function Bar({ part, tone = 'accent' }: { readonly part: number; readonly tone?: keyof typeof fills }) {
  const width = `${Math.min(1, Math.max(0, part)) * 100}%`
  return (
    <svg aria-hidden="true" className="block h-1.5 w-full overflow-hidden rounded-full bg-sunken rtl:-scale-x-100">
      <rect width={width} height="100%" rx="3" className={fills[tone]} />
    </svg>
  )
}

const fills = { accent: 'fill-accent', warning: 'fill-warning' } as const
