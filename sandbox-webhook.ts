/**
 * Registers the portal's webhook endpoint at the sandbox, made anew because its secret is told only once. Answers the
 * secret. Throws when the sandbox does not answer.
 */
export async function registerWebhook(
  { apiBase, key }: { apiBase: string; key: string },
  origin: string,
): Promise<string> {
  const url = `${origin}/webhooks/stripe`
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/x-www-form-urlencoded' }
    const response = await fetch(`${apiBase}/v1/webhook_endpoints${path}`, { ...init, headers })
    return (await response.json()) as { data?: { id: string; url: string }[]; secret?: string }
  }
  const known = await ask('?limit=100')
  for (const endpoint of known.data ?? []) if (endpoint.url === url) await ask(`/${endpoint.id}`, { method: 'DELETE' })
  const body = new URLSearchParams({ url, 'enabled_events[0]': '*', api_version: '2026-10-28.endive' })
  const { secret } = await ask('', { method: 'POST', body })
  if (secret === undefined) throw new Error('the sandbox gave no webhook secret')
  return secret
}
