import { request as httpRequest, type IncomingMessage } from 'node:http'

export type Sent = { readonly method?: string; readonly body?: string }

/** `fetch` would say that a script asks, whatever headers it is given. */
export function askAsBrowser(
  url: string,
  headers: Record<string, string>,
  { method = 'GET', body }: Sent = {},
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(url, { method, headers }, (answer) => void read(answer).then(resolve, reject))
    asking.on('error', reject)
    asking.end(body)
  })
}

async function read(answer: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  const headers = new Headers()
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  return new Response(chunks.length === 0 ? null : Buffer.concat(chunks), { status: answer.statusCode ?? 0, headers })
}
