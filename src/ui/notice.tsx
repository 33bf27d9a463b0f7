import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

type NoticeKind = 'info' | 'warning' | 'danger' | 'success'

const looks = {
  info: 'bg-sunken [--tone:var(--ink)]',
  warning: 'bg-warning-soft [--tone:var(--warning)]',
  danger: 'bg-danger-soft [--tone:var(--danger)]',
  success: 'bg-success-soft [--tone:var(--success)]',
} as const satisfies Record<NoticeKind, string>

type NoticeProps = {
  readonly kind: NoticeKind
  /** The word beside the icon, so that colour is never alone: "Declined". */
  readonly word: ReactNode
  readonly children?: ReactNode
  /** `alert` for what has just gone wrong, `status` for what has just changed; leave out for what stands there anyway. */
  readonly role?: 'alert' | 'status'
}

export function Notice({ kind, word, children, role }: NoticeProps) {
  return (
    <div role={role} className={`flex gap-3 rounded-control border border-transparent p-3 ${looks[kind]}`}>
      <span className="text-(--tone)">
        <Icon name={kind} />
      </span>
      <div className="min-w-0">
        <p className="font-semibold text-(--tone)">{word}</p>
        {children !== undefined && <div className="text-ink has-[>.target:last-child]:-mb-2.5">{children}</div>}
      </div>
    </div>
  )
}
