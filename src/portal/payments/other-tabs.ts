const NAME = 'fix402'

/** After a deed: what other tabs of this browser show is out of date. */
export function tellOtherTabs(): void {
  const channel = new BroadcastChannel(NAME)
  channel.postMessage('changed')
  channel.close()
}

/** Answers a function that stops listening. */
export function listenToOtherTabs(changed: () => void): () => void {
  const channel = new BroadcastChannel(NAME)
  channel.addEventListener('message', changed)
  return () => {
    channel.close()
  }
}
