import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { Explained } from '#portal/explained.tsx'
import { isNeeded } from '#portal/paths.ts'
import { LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { useVisit } from '#portal/visited.ts'

export function Component() {
  const visit = useVisit()
  if (mustAsk(visit)) return <AskAdmin visit={visit} />
  if (!isNeeded(visit, 'raise-cap')) return <LeaveWhenMended visit={visit} />
  return <Explained visit={visit} reason="spend_cap_reached" />
}
