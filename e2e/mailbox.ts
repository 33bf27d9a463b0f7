import { expect, type Page } from '@playwright/test'
import { portal, sandbox, type Staged } from './scenario.ts'

type Letter = { readonly to: readonly string[]; readonly subject: string; readonly text: string }

/** Tells the portal the account's people anew, with addresses of this journey alone. */
export async function register(page: Page, { account, customer }: Staged) {
  const at = (name: string) => `${name}+${account}@acme.example`
  const people = { anna: at('anna'), jo: at('jo'), sam: at('sam') }
  const response = await page.request.put(`${portal}/v1/accounts/${account}`, {
    headers: { Authorization: 'Bearer fix402_test_demo' },
    data: {
      stripe_customer: customer,
      label: 'Acme GmbH',
      members: [
        { id: 'anna', role: 'owner', name: 'Anna', email: people.anna },
        { id: 'jo', role: 'billing_admin', name: 'Jo', email: people.jo },
        { id: 'sam', role: 'member', name: 'Sam', email: people.sam },
      ],
    },
  })
  expect(response.ok(), account).toBe(true)
  return people
}

/** The newest letter to this address, once more than `before` are in the sandbox's mailbox. */
export async function letterTo(page: Page, to: string, before = 0): Promise<Letter> {
  const read = async () => {
    const response = await page.request.get(`${sandbox}/_sandbox/mails?to=${encodeURIComponent(to)}`)
    return ((await response.json()) as { mails: Letter[] }).mails
  }
  await expect.poll(async () => (await read()).length).toBeGreaterThan(before)
  const [newest] = await read()
  return newest!
}

export function linkOf({ text }: Letter): string {
  return /https?:\/\/\S+/.exec(text)?.[0] ?? ''
}

/** The six digits of a letter that signs in. */
export function codeIn({ text }: Letter): string {
  return /^\d{6}$/m.exec(text)?.[0] ?? ''
}
