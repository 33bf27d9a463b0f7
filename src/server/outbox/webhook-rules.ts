/** Where webhooks may go besides public https addresses. */
export type WebhookRules = {
  /** This very machine, by http too. */
  readonly loopback: boolean
  /** Private networks, by http too. */
  readonly private: boolean
}

const localHosts = ['localhost', '127.0.0.1', '[::1]']

/** A portal that is itself only reached on this machine may tell apps on this machine. */
export function webhookRules(origin: string, isPrivateAllowed: boolean): WebhookRules {
  return { loopback: isPrivateAllowed || isLocal(origin), private: isPrivateAllowed }
}

export function isLocal(url: string): boolean {
  return localHosts.includes(new URL(url).hostname)
}

/** What is wrong with an address already on paper; where its name leads to is looked at before every delivery. */
export function faultOf(url: string, rules: WebhookRules): string | undefined {
  if (url.startsWith('https:') || rules.private || (rules.loopback && isLocal(url))) return undefined
  return 'must be https; WEBHOOK_ALLOW_PRIVATE=1 allows http within private networks'
}
