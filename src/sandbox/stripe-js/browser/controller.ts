import { CONTROLLER_TITLE } from './frame-protocol.ts'
import { openFrame } from './frame-link.ts'
import type { FrameLink } from './frame-link.ts'

/** The hidden frame of a Stripe object: API calls leave from the sandbox's own origin, so the page needs no connect-src. */
export function openController(origin: string): FrameLink {
  const link = openFrame({
    origin,
    role: 'controller',
    title: CONTROLLER_TITLE,
    onEvent: () => undefined,
    onUnreachable: () => undefined,
  })
  const { frame } = link
  frame.setAttribute('aria-hidden', 'true')
  frame.tabIndex = -1
  frame.style.setProperty('display', 'none', 'important')
  const enter = () => document.body.append(frame)
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', enter, { once: true })
  else enter()
  return link
}
