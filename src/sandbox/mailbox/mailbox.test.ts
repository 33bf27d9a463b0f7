import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSandbox, type RunningSandbox } from '#sandbox/stripe/sandbox.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'

let mailbox: Mailbox
let sandbox: RunningSandbox
let port: number
let origin: string

beforeEach(async () => {
  mailbox = createMailbox()
  port = await mailbox.listen(0)
  sandbox = await createSandbox({ also: mailbox.answer })
  origin = await sandbox.listen(0)
})
afterEach(async () => {
  await sandbox.close()
  await mailbox.close()
})

const send = (to: string, differs: object = {}) =>
  createTransport({ host: 'localhost', port }).sendMail({
    from: 'billing@northwind.example',
    to,
    subject: 'Maps API is paused',
    text: 'Mend it here: https://billing.example/fix#t=ask_1',
    html: '<p>Mend it</p>',
    ...differs,
  })

const read = async (query = '') => {
  const response = await fetch(`${origin}/_sandbox/mails${query}`)
  return ((await response.json()) as { mails: { to: string[]; subject: string; text: string; html: string }[] }).mails
}

test('what is sent can be read, newest first, and by whom it was sent to', async () => {
  await send('anna@acme.example')
  await send('jo@acme.example', { subject: 'Später: Größe' })
  expect((await read()).map(({ to, subject }) => [to, subject])).toEqual([
    [['jo@acme.example'], 'Später: Größe'],
    [['anna@acme.example'], 'Maps API is paused'],
  ])
  const [mail] = await read('?to=anna@acme.example')
  expect(mail?.text).toContain('https://billing.example/fix#t=ask_1')
  expect(mail?.html).toContain('Mend it')
})

test('the page shows letters as text, with their links, and runs nothing of theirs', async () => {
  await send('anna@acme.example', {
    subject: '<script>alert(1)</script>',
    text: '<b>x</b> https://billing.example/a?b=1',
  })
  const response = await fetch(`${origin}/mailbox`)
  const page = await response.text()
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).toContain('<a href="https://billing.example/a?b=1">')
  expect(page).not.toMatch(/<script|<b>/)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('an empty mailbox says so', async () => {
  expect(await (await fetch(`${origin}/mailbox`)).text()).toContain('Nothing was sent yet')
  expect(await read()).toEqual([])
})

test.each([
  ['refuse', 550],
  ['later', 451],
] as const)('a mailbox that is to %s answers %i, and keeps nothing', async (how, responseCode) => {
  mailbox.fail(how)
  await expect(send('anna@acme.example')).rejects.toMatchObject({ responseCode })
  mailbox.fail(undefined)
  expect(await read()).toEqual([])
})
