import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

const tones = { plain: 'text-quiet', danger: 'text-danger', warning: 'text-warning', success: 'text-success' } as const

/** A word of state beside a thing; the icon repeats what the colour says. */
export function Badge({
  tone = 'plain',
  icon,
  children,
}: {
  readonly tone?: keyof typeof tones
  readonly icon?: IconName
  readonly children: ReactNode
}) {
  return (
    <span className={`inline-flex items-center gap-1 text-small font-medium ${tones[tone]}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  )
}
