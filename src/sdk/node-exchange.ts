/** As much of a Node request as is read; Express's and Fastify's raw requests are such. */
export type NodeRequest = {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly socket?: { readonly encrypted?: boolean } | object | null | undefined
}

export type Address = {
  /** Path and query as the client asked for them. */
  readonly path: string
  readonly protocol?: string | undefined
  readonly host?: string | undefined
}

/** A Node request as `fetch` knows requests; a body only where one is given. */
export function requestFrom(node: NodeRequest, { path, protocol, host }: Address, body?: Uint8Array): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(node.headers)) {
    // HTTP/2 sends method and path among the headers.
    if (name.startsWith(':')) continue
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) headers.append(name, one)
  }
  const encrypted = node.socket && 'encrypted' in node.socket && node.socket.encrypted
  const scheme = protocol ?? (encrypted ? 'https' : 'http')
  const authority = host ?? headers.get('host') ?? 'localhost'
  const base = URL.canParse(`${scheme}://${authority}`) ? `${scheme}://${authority}` : `${scheme}://localhost`
  // What begins with two slashes would be another host.
  const url = `${base}/${path.replace(/^\/+/, '')}`
  // Nobody may make a Request of these two (Fetch), and nobody serves anything paid to them.
  const method = node.method === 'TRACE' || node.method === 'CONNECT' ? 'HEAD' : (node.method ?? 'GET')
  return new Request(url, { method, headers, ...(body && { body: new Uint8Array(body) }) })
}
