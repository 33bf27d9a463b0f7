// `npm run audit:verify [export.ndjson] [--log portal.log]`: whether what staff did is still what was written down. Reads an
// export, or the database in DATABASE_URL or DATA_DIR and the head of its chain; with a log, its anchors too.
import { createReadStream, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { ANCHOR, dayText } from './desk/audit-anchor.ts'
import { checkAudit, faults, type Verdict } from './desk/audit-check.ts'
import { DatabaseError, type Database } from './store/database.ts'
import { openEmbedded } from './store/embedded.ts'
import { FolderInUse } from './store/folder-lock.ts'
import { openPostgres } from './store/postgres.ts'
import { findAuditHead, FoundRow, type AuditHead, type FoundAudit } from './store/staff-audit.ts'
import { readAudit } from './store/staff-audit-pages.ts'

const AnchorLine = z.object({ msg: z.literal(ANCHOR), day: z.iso.date(), seq: z.number(), hash: z.string() })

class Unreadable extends Error {
  override name = 'Unreadable'
}

try {
  const { values, positionals } = parseArgs({ options: { log: { type: 'string' } }, allowPositionals: true })
  const anchors = values.log === undefined ? [] : await anchorsIn(values.log)
  const [file] = positionals
  const verdict = file === undefined ? await checkDatabase(anchors) : await checkAudit(rowsIn(file), anchors)
  process.stdout.write(`${said(verdict)}\n`)
  process.exitCode = verdict.broken === 0 ? 0 : 1
} catch (error) {
  const plain = error instanceof Unreadable || error instanceof FolderInUse || error instanceof DatabaseError
  if (!plain) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}

function said({ rows, broken, first }: Verdict): string {
  const figures = `rows ${rows}, broken ${broken}`
  if (!first) return figures
  const name = first.id === undefined ? '' : ` (${first.id})`
  return `${figures}\nfirst broken: ${dayText(first.day)} row ${first.seq}${name}: ${faults[first.fault]}`
}

async function checkDatabase(anchors: readonly AuditHead[]): Promise<Verdict> {
  const database = await open()
  try {
    // Read first: whatever is written meanwhile comes after it.
    const head = await findAuditHead(database)
    return await checkAudit(readAudit(database), head.seq > 0 ? [head, ...anchors] : anchors)
  } finally {
    await database.close()
  }
}

function open(): Promise<Database> | Database {
  const url = process.env['DATABASE_URL']
  if (url !== undefined && url !== '') return openPostgres(url, (error) => process.stderr.write(`${error.message}\n`))
  const folder = resolve(process.env['DATA_DIR'] ?? '.data')
  if (!existsSync(folder)) throw new Unreadable(`DATA_DIR: there is no folder ${folder}`)
  return openEmbedded(folder)
}

async function* rowsIn(file: string): AsyncGenerator<FoundAudit> {
  for await (const [line, number] of linesOf(file)) {
    const row = FoundRow.safeParse(parsed(line))
    if (!row.success) throw new Unreadable(`${file}: line ${number} is no row of the audit`)
    yield row.data
  }
}

async function anchorsIn(file: string): Promise<readonly AuditHead[]> {
  const anchors: AuditHead[] = []
  for await (const [line] of linesOf(file)) {
    const { data } = AnchorLine.safeParse(parsed(line))
    if (data) anchors.push({ day: Date.parse(data.day) / 86_400_000, seq: data.seq, hash: data.hash })
  }
  return anchors
}

async function* linesOf(file: string): AsyncGenerator<readonly [string, number]> {
  if (!existsSync(file)) throw new Unreadable(`there is no file ${file}`)
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file) })) {
    number++
    if (line !== '') yield [line, number]
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
