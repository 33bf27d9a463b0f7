import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Kept } from './kernel/idempotency.ts'
import { emptyTables, standardSettings, type Noun, type Settings, type Tables } from './world.ts'

export type Snapshot = { tables: Tables; settings: Settings; offset: number; keys: Map<string, Kept> }

const version = 1

export function snapshotPath(dataDir: string): string {
  return join(dataDir, 'sandbox', 'stripe.json')
}

/** Writes everything to one file, whole or not at all. */
export function saveSnapshot(path: string, { tables, settings, offset, keys }: Snapshot): void {
  const saved = Object.fromEntries(Object.entries(tables).map(([noun, table]) => [noun, [...table.values()]]))
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.tmp`
  writeFileSync(draft, JSON.stringify({ version, settings, offset, keys: [...keys], tables: saved }))
  renameSync(draft, path)
}

/** What was saved, or an empty world. A file of another version or torn text counts as none. */
export function loadSnapshot(path: string): Snapshot {
  const tables = emptyTables()
  const empty: Snapshot = { tables, settings: { ...standardSettings }, offset: 0, keys: new Map() }
  try {
    const saved: SavedFile = JSON.parse(readFileSync(path, 'utf8'))
    if (saved.version !== version) return empty
    for (const noun of Object.keys(tables)) fillTable(tables, noun as Noun, saved.tables[noun] ?? [])
    return {
      tables,
      settings: { ...standardSettings, ...saved.settings },
      offset: saved.offset,
      keys: new Map(saved.keys),
    }
  } catch {
    return empty
  }
}

type SavedFile = {
  version: number
  settings: Settings
  offset: number
  keys: [string, Kept][]
  tables: { [noun: string]: { id: string }[] }
}

// The rows of a table come back as they were written by this program.
function fillTable(tables: Tables, noun: Noun, rows: { id: string }[]): void {
  const table: Map<string, { id: string }> = tables[noun]
  for (const row of rows) table.set(row.id, row)
}
