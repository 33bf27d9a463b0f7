import { useLoaderData } from 'react-router-dom'
import type { GuestArrival } from '#portal/api/guest-links.ts'
import { useVisit } from '#portal/visited.ts'
import { Closed, Stranger } from './closed.tsx'
import { GuestDoor } from './door.tsx'
import { GuestPayment } from './payment.tsx'

/** One payment for somebody without a login. */
export function Component() {
  const arrival = useLoaderData<GuestArrival>()
  if (arrival.kind === 'link') return <GuestDoor token={arrival.token} told={arrival.answer} />
  return arrival.kind === 'stranger' ? <Stranger /> : <Inside />
}

function Inside() {
  const visit = useVisit()
  if (!visit.guest) return <Stranger />
  if (visit.diagnosis.verdict === 'unchecked' || visit.guest.state !== 'open')
    return <Closed visit={visit} guest={visit.guest} />
  return <GuestPayment visit={visit} guest={visit.guest} />
}
