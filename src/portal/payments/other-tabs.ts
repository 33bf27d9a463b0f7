let opened: BroadcastChannel | undefined

/** One for the page: what is said on it reaches every other page, and never comes back. */
function channel(): BroadcastChannel {
  return (opened ??= new BroadcastChannel('fix402'))
}

/** After a deed: what other tabs of this browser show is out of date. */
export function tellOtherTabs(): void {
  channel().postMessage('changed')
}

/** Answers a function that stops listening. */
export function listenToOtherTabs(changed: () => void): () => void {
  const tabs = channel()
  tabs.addEventListener('message', changed)
  return () => tabs.removeEventListener('message', changed)
}
