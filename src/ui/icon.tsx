const paths = {
  info: 'M10 9v4.5M10 6.5v.01M17.25 10a7.25 7.25 0 1 1-14.5 0 7.25 7.25 0 0 1 14.5 0Z',
  warning:
    'M10 7.75v3.5M10 14v.01M8.7 3.6 2.2 14.9a1.5 1.5 0 0 0 1.3 2.25h13a1.5 1.5 0 0 0 1.3-2.25L11.3 3.6a1.5 1.5 0 0 0-2.6 0Z',
  danger: 'M7.5 7.5l5 5M12.5 7.5l-5 5M17.25 10a7.25 7.25 0 1 1-14.5 0 7.25 7.25 0 0 1 14.5 0Z',
  success: 'M6.75 10.25l2.25 2.25 4.5-4.75M17.25 10a7.25 7.25 0 1 1-14.5 0 7.25 7.25 0 0 1 14.5 0Z',
  card: 'M2.75 8h14.5M5.5 12.25h3M4.25 4.25h11.5a1.5 1.5 0 0 1 1.5 1.5v8.5a1.5 1.5 0 0 1-1.5 1.5H4.25a1.5 1.5 0 0 1-1.5-1.5v-8.5a1.5 1.5 0 0 1 1.5-1.5Z',
  bank: 'M3 8.25 10 3.5l7 4.75H3ZM5 8.5v5.75M10 8.5v5.75M15 8.5v5.75M3 16.5h14',
  clock: 'M10 6v4l2.5 2M17.25 10a7.25 7.25 0 1 1-14.5 0 7.25 7.25 0 0 1 14.5 0Z',
  person: 'M13.25 7a3.25 3.25 0 1 1-6.5 0 3.25 3.25 0 0 1 6.5 0ZM3.75 16.75a6.25 6.25 0 0 1 12.5 0',
  copy: 'M7.5 7.5h8.25v8.75H7.5zM12.5 7.5V3.75H4.25v8.75H7.5',
  external: 'M11.5 3.75h4.75V8.5M16 4l-7 7M14.25 11.5v4.75H3.75V5.75H8.5',
  home: 'M3.25 9 10 3.5 16.75 9v6.75a1 1 0 0 1-1 1h-3.5v-4.5h-4.5v4.5h-3.5a1 1 0 0 1-1-1Z',
  bars: 'M4.5 16.5v-5M10 16.5v-13M15.5 16.5V8',
  invoice: 'M5.25 2.75h9.5v14.5l-2.4-1.5-2.35 1.5-2.35-1.5-2.4 1.5ZM8 6.75h4M8 10h4',
  plan: 'M3.25 6h7M14 6h2.75M3.25 14H6M9.75 14h7M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  back: 'M8.5 4.75 3.25 10l5.25 5.25M3.5 10h13.25',
} as const

export type IconName = keyof typeof paths

/** Always beside a word, so it has no name of its own. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="size-5 shrink-0"
    >
      <path d={paths[name]} />
    </svg>
  )
}

/** The one drawn thing: money arrived. */
export function DrawnCheck() {
  return (
    <svg
      viewBox="0 0 48 48"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="size-12 text-success"
    >
      <circle cx="24" cy="24" r="21" strokeWidth="1.5" opacity="0.35" />
      <path d="M15 24.5l6.5 6.5L33.5 18" pathLength="1" strokeDasharray="1" className="animate-draw" />
    </svg>
  )
}
