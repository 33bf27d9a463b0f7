// @vitest-environment jsdom
import { LinkButton } from '#ui/button.tsx'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { post, request } from '#portal/api/http.ts'
import { createQueryClient } from '#portal/query-client.ts'
import { problem } from '#portal/stage.tsx'
import { speak, WordsProvider } from '#portal/words/words.ts'
import { z } from 'zod'
import { useStepUp } from './use-step-up.tsx'

afterEach(cleanup)

const sent = [200, { kind: 'sent', to: 'k•••@acme.test', expires: 600 }] as const
const needed = problem(403, 'step-up-needed')
const app = { id: 'maps', name: 'Maps API', url: 'https://maps.test/' }
type Answers = Readonly<Record<string, readonly (readonly [number, unknown])[]>>

/** A page with one thing to do that may need a proof; each address gives its answers one after the other. */
async function openPage(answers: Answers) {
  const said: { path: string; key: string | null; body: unknown }[] = []
  globalThis.fetch = (input, init) => {
    const path = input instanceof Request ? input.url : input.toString()
    const before = said.filter((one) => one.path === path).length
    said.push({
      path,
      key: new Headers(init?.headers).get('idempotency-key'),
      body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
    })
    const [status, body] = answers[path]?.[before] ?? problem(404, 'not-found')
    return Promise.resolve(Response.json(body, { status }))
  }
  await speak('en')
  render(
    <WordsProvider>
      <QueryClientProvider client={createQueryClient()}>
        <Page />
      </QueryClientProvider>
    </WordsProvider>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Remove the card' }))
  return said
}

function Page() {
  const { deed, dialog } = useStepUp({
    mutationFn: (card: string) => request(z.object({ removed: z.string() }), '/deed', post({ card }, 'key-1')),
  })
  return (
    <>
      <LinkButton onClick={() => deed.mutate('visa')}>Remove the card</LinkButton>
      <output>{deed.isError ? 'failed' : (deed.data?.removed ?? deed.status)}</output>
      {dialog}
    </>
  )
}

const field = () => screen.findByLabelText('Code from the e-mail')
const done = [200, { removed: 'visa' }] as const

test('what needs a proof goes on by itself after the code, as the same request under the same key', async () => {
  const said = await openPage({
    '/deed': [needed, done],
    '/api/step-up': [sent],
    '/api/step-up/confirm': [[200, { kind: 'proved' }]],
  })
  const input = await field()
  await expect.poll(() => document.activeElement).toBe(input)
  expect(screen.getByRole('dialog').textContent).toContain('k•••@acme.test')
  await userEvent.paste('123 456')
  await screen.findByText('visa')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(said).toEqual([
    { path: '/deed', key: 'key-1', body: { card: 'visa' } },
    { path: '/api/step-up', key: null, body: {} },
    { path: '/api/step-up/confirm', key: null, body: { code: '123456' } },
    { path: '/deed', key: 'key-1', body: { card: 'visa' } },
  ])
})

test('who closes the dialog has done nothing, and nothing is called failed', async () => {
  const said = await openPage({ '/deed': [needed, done], '/api/step-up': [sent] })
  await field()
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(await screen.findByText('idle')).toBeTruthy()
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(said.filter(({ path }) => path === '/deed')).toHaveLength(1)
})

test('a wrong code is said with the tries that are left, and the field is empty again', async () => {
  await openPage({
    '/deed': [needed, done],
    '/api/step-up': [sent],
    '/api/step-up/confirm': [
      [200, { kind: 'wrong', left: 4 }],
      [200, { kind: 'proved' }],
    ],
  })
  await userEvent.type(await field(), '000000')
  expect((await screen.findByRole('alert')).textContent).toBe('That is not the code. 4 tries are left.')
  await userEvent.type(await field(), '123456')
  expect(await screen.findByText('visa')).toBeTruthy()
})

test('after too many tries a new code is a click away', async () => {
  const said = await openPage({
    '/deed': [needed, done],
    '/api/step-up': [sent, sent],
    '/api/step-up/confirm': [
      [200, { kind: 'spent' }],
      [200, { kind: 'proved' }],
    ],
  })
  await userEvent.type(await field(), '000000')
  await userEvent.click(await screen.findByRole('button', { name: /^Send a new code/ }))
  await userEvent.type(await field(), '123456')
  await screen.findByText('visa')
  expect(said.filter(({ path }) => path === '/api/step-up')).toHaveLength(2)
})

test('whom no letter reaches is told to come from the app again', async () => {
  await openPage({ '/deed': [needed], '/api/step-up': [[200, { kind: 'no_letter', app }]] })
  expect((await screen.findByRole('link', { name: 'Open Maps API' })).getAttribute('href')).toBe(app.url)
  expect(screen.queryByLabelText('Code from the e-mail')).toBeNull()
})

test('another refusal is not mistaken for it', async () => {
  const said = await openPage({ '/deed': [problem(403, 'not-allowed')] })
  expect(await screen.findByText('failed')).toBeTruthy()
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(said).toHaveLength(1)
})
