import { hashOf, type AuditHead, type FoundAudit } from '#server/store/staff-audit.ts'

/** What can be wrong with a chain of rows, and how that is said. */
export const faults = {
  changed: 'what it says is not what was written',
  unlinked: 'the row before it is not the one that was there when it was written',
  misplaced: 'its number does not follow from the one before',
  'not-anchored': 'the log says another hash for it',
  missing: 'the log, or the head of the chain, knows it, and it is not there',
} as const
type Fault = keyof typeof faults

type Broken = Pick<AuditHead, 'day' | 'seq'> & { readonly id?: string; readonly fault: Fault }
export type Verdict = { readonly rows: number; readonly broken: number; readonly first?: Broken }

/** What has been seen of a chain so far. */
type Walk = Verdict & { readonly last: AuditHead }

const begin: Walk = { rows: 0, broken: 0, last: { day: 0, seq: 0, hash: '' } }

/**
 * Walks a whole chain, oldest row first. `anchors`: rows as somebody else has kept them, by day and number; the head of the
 * chain is one. A row that is broken is passed by its own hash, so that each is counted once.
 */
export async function checkAudit(
  rows: AsyncIterable<FoundAudit> | Iterable<FoundAudit>,
  anchors: readonly AuditHead[] = [],
): Promise<Verdict> {
  const open = new Map(anchors.map((anchor) => [keyOf(anchor), anchor]))
  let walk = begin
  for await (const row of rows) {
    const anchor = open.get(keyOf(row))
    open.delete(keyOf(row))
    const fault = faultOf(row, walk.last) ?? (anchor && anchor.hash !== row.hash ? 'not-anchored' : undefined)
    const { day, seq, hash, id } = row
    walk = { ...noted(walk, fault && { day, seq, id, fault }), rows: walk.rows + 1, last: { day, seq, hash } }
  }
  for (const { day, seq } of open.values()) walk = noted(walk, { day, seq, fault: 'missing' })
  const { last: _, ...verdict } = walk
  return verdict
}

function noted(walk: Walk, found: Broken | undefined): Walk {
  if (!found) return walk
  return { ...walk, broken: walk.broken + 1, first: walk.first ?? found }
}

function faultOf(row: FoundAudit, last: AuditHead): Fault | undefined {
  if (hashOf(row) !== row.hash) return 'changed'
  if (row.previous !== last.hash) return 'unlinked'
  const follows = row.day === last.day ? row.seq === last.seq + 1 : row.day > last.day && row.seq === 1
  return follows ? undefined : 'misplaced'
}

function keyOf({ day, seq }: Pick<AuditHead, 'day' | 'seq'>): string {
  return `${day}.${seq}`
}
