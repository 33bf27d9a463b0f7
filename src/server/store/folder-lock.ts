import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export class FolderInUse extends Error {
  override name = 'FolderInUse'

  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${pid}: stop it first, or set DATA_DIR to another folder`)
  }
}

/** The locks that this process holds. */
const held = new Set<string>()

/** Takes the folder for this process alone; answers how to give it back. A dead owner's lock is taken over. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock')
  for (let again = 0; again < 3; again++) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      held.add(file)
      const unlock = () => {
        held.delete(file)
        rmSync(file, { force: true })
      }
      process.once('exit', unlock)
      return () => {
        process.off('exit', unlock)
        unlock()
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(readOwner(file))
      // Our own number without our holding it: a dead process had it, as every process of a container has the same one.
      if (held.has(file) || (owner !== process.pid && isAlive(owner))) throw new FolderInUse(folder, owner)
      rmSync(file, { force: true })
    }
  }
  throw new FolderInUse(folder, Number(readOwner(file)))
}

function readOwner(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
