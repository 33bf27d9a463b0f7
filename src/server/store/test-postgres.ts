import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const versions = '/usr/lib/postgresql'

/** Where Debian keeps PostgreSQL's programs; undefined on a machine without it. */
export const postgresBin = existsSync(versions)
  ? readdirSync(versions)
      .map((version) => join(versions, version, 'bin'))
      .findLast((bin) => existsSync(join(bin, 'initdb')))
  : undefined

export const withoutPostgres = postgresBin ? '' : ' (skipped: no PostgreSQL below /usr/lib/postgresql)'

/** A PostgreSQL of our own, reached by a socket in a temporary folder. It refuses to run as root, so root lends itself. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  if (postgresBin === undefined) throw new Error('there is no PostgreSQL on this machine')
  const folder = mkdtempSync(join(tmpdir(), 'fix402-pg-'))
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']
  execFileSync(join(postgresBin, 'initdb'), initdb, { ...user, cwd: folder, stdio: 'ignore' })
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off', 'max_connections=40']
  const server = spawn(join(postgresBin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  })
  while (spawnSync(join(postgresBin, 'pg_isready'), ['-h', folder]).status !== 0) {
    if (server.exitCode !== null) throw new Error('PostgreSQL did not start')
    await sleep(50)
  }
  return {
    url: `postgres://postgres@${encodeURIComponent(folder)}/postgres`,
    stop: async () => {
      server.kill('SIGINT')
      if (server.exitCode === null) await once(server, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
}
