import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

type Package = { readonly version: string; readonly path: string }

/**
 * An npm registry that has what this checkout has installed, and nothing else: `npm install express` works as written
 * where no other registry is reached.
 */
export async function openRegistry(): Promise<{ url: string; close: () => void }> {
  const known = installed()
  const folder = mkdtempSync(join(tmpdir(), 'fix402-registry-'))
  const server = createServer((request, response) => {
    const [, name = '', version] =
      /^\/((?:@[^/]+\/)?[^/]+)(?:\/-\/(.+)\.tgz)?$/.exec(decodeURIComponent(request.url ?? '')) ?? []
    const packages = known.get(name) ?? []
    const asked = packages.find((each) => each.version === version)
    if (asked) return tarball(asked.path, response)
    response.writeHead(packages.length > 0 ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(packages.length > 0 ? description(name, packages) : {}))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    url,
    close: () => {
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }

  function description(name: string, packages: readonly Package[]) {
    const versions = packages.map(({ version, path }) => {
      const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as object
      return [version, { ...manifest, dist: { tarball: `${url}${name}/-/${version}.tgz` } }]
    })
    return { name, 'dist-tags': { latest: packages[0]?.version }, versions: Object.fromEntries(versions) }
  }

  /** npm expects all files below `package/`. */
  function tarball(path: string, response: ServerResponse): void {
    const home = mkdtempSync(join(folder, 'tar-'))
    symlinkSync(path, join(home, 'package'))
    const tar = spawn('tar', ['-czhf', '-', '--exclude=package/node_modules', '-C', home, 'package'])
    tar.stdout.pipe(response)
  }
}

/** By name; what stands at the top of node_modules first, as most depend on it. */
function installed(): Map<string, Package[]> {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version: string }>
  }
  const known = new Map<string, Package[]>()
  const paths = Object.keys(lock.packages).filter((path) => path !== '')
  for (const path of paths.toSorted((one, other) => one.length - other.length)) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const { version = '' } = lock.packages[path] ?? {}
    known.set(name, [...(known.get(name) ?? []), { version, path: resolve(path) }])
  }
  return known
}
