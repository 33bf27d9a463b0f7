import { beforeAll, expect, test } from 'vitest'
import { FoundRow, type AuditHead, type FoundAudit } from '#server/store/staff-audit.ts'
import { openDesk, openTestIdentity } from '#server/test-identity.ts'
import { openTestPortal } from '#server/test-portal.ts'
import { checkAudit } from './audit-check.ts'

const asHead = ({ day, seq, hash }: AuditHead) => ({ day, seq, hash })
let rows: readonly FoundAudit[]

async function chain() {
  const identity = await openTestIdentity()
  const portal = await openTestPortal('http://localhost:1', { desk: identity.desk })
  const admin = await openDesk(portal, identity, 'admin')
  for (let count = 0; count < 5; count++) await admin.get('/api/desk/audit')
  const { text } = await admin.get('/api/desk/audit/export')
  await portal.close()
  await identity.close()
  return text
    .trim()
    .split('\n')
    .map((line) => FoundRow.parse(JSON.parse(line)))
}
beforeAll(async () => {
  rows = await chain()
})

test.each([
  ['a word of it changed', () => rows.map((row, at) => (at === 2 ? { ...row, name: 'Nobody' } : row)), 'changed'],
  ['another role claimed', () => rows.map((row, at) => (at === 2 ? { ...row, role: 'viewer' } : row)), 'changed'],
  ['a row taken out', () => rows.filter((_, at) => at !== 2), 'unlinked'],
  ['a row put in twice', () => rows.flatMap((row, at) => (at === 2 ? [row, row] : [row])), 'unlinked'],
  ['two rows changed about', () => rows.with(2, rows[3]!).with(3, rows[2]!), 'unlinked'],
  ['the beginning cut off', () => rows.slice(1), 'unlinked'],
  ['the end cut off', () => rows.slice(0, -1), 'missing'],
  ['all of it gone', () => [], 'missing'],
])('names the first row that is broken by %s', async (_, spoil, fault) => {
  const { broken, first } = await checkAudit(spoil(), [asHead(rows.at(-1)!)])
  expect(first?.fault).toBe(fault)
  expect(broken).toBeGreaterThan(0)
})

test('finds nothing in a whole one', async () => {
  expect(await checkAudit(rows, [asHead(rows[1]!), asHead(rows.at(-1)!)])).toEqual({ rows: 6, broken: 0 })
})
