/** Tells the portal what an account has used by now: `POST /v1/usage`. Throws when it does not count all of it. */
export async function reportUsage(
  { portal, key }: { readonly portal: string; readonly key: string },
  account: string,
  used: Readonly<Record<string, number>>,
): Promise<void> {
  const events = Object.entries(used).map(([meter, quantity]) => ({
    id: crypto.randomUUID(),
    account,
    meter,
    quantity,
  }))
  const response = await fetch(new URL('/v1/usage', portal), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  })
  const answer = await response.text()
  const counted = response.ok && (JSON.parse(answer) as { accepted: number }).accepted === events.length
  if (!counted) throw new Error(`the portal did not count the usage of ${account}: ${response.status} ${answer}`)
}
