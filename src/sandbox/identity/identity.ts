import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Provider } from 'oidc-provider'
import { listenOnLocalhost, type Listening } from '#sandbox/listening.ts'
import { pageHeaders, refusalPage, signInPage } from './identity-page.ts'
import { staffPeople, type StaffPerson } from './people.ts'
import { openProvider } from './provider.ts'

export type Identity = {
  /** By `sub`, as they are known now: whoever is taken out, or loses a group, has lost it at the next sign-in. */
  readonly people: Map<string, StaffPerson>
  /** Listens on localhost; 0 picks a free port. Resolves to the issuer, `http://localhost:<port>`. */
  listen: (port: number) => Promise<string>
  close: () => Promise<void>
}

/** Signs the sandbox's support staff in for the desk at the origin `desk`: a real OpenID Connect provider without passwords. */
export function createIdentity({ desk }: { desk: string }): Identity {
  const people = new Map(staffPeople.map((person) => [person.id, person]))
  let listening: Listening | undefined
  let answer: (request: IncomingMessage, response: ServerResponse) => Promise<void> = async () => undefined

  return {
    people,
    listen: async (port) => {
      listening = await listenOnLocalhost((request, response) => void answer(request, response), port)
      const issuer = `http://localhost:${listening.port}`
      answer = answerWith(await openProvider(issuer, desk, people), { desk, people })
      return issuer
    },
    close: async () => {
      await listening?.close()
    },
  }
}

function answerWith(
  provider: Provider,
  { desk, people }: { desk: string; people: ReadonlyMap<string, StaffPerson> },
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const callback = provider.callback()
  const show = (response: ServerResponse, status: number, page: string) => {
    response.writeHead(status, { ...pageHeaders(desk), 'content-type': 'text/html; charset=utf-8' }).end(page)
  }

  return async (request, response) => {
    const [action = ''] = /^\/sign-in\/[\w-]+$/.exec(request.url ?? '') ?? []
    if (action === '') return callback(request, response)
    try {
      if (request.method !== 'POST') {
        await provider.interactionDetails(request, response)
        return show(response, 200, signInPage([...people.values()], { action, desk }))
      }
      const chosen = new URLSearchParams(await text(request)).get('person') ?? ''
      if (!people.has(chosen)) return show(response, 400, signInPage([...people.values()], { action, desk }))
      for (const [name, value] of Object.entries(pageHeaders(desk))) response.setHeader(name, value)
      await provider.interactionFinished(request, response, { login: { accountId: chosen } })
    } catch (error) {
      show(response, 400, refusalPage({ error: error instanceof Error ? error.name : String(error) }, desk))
    }
  }
}
