import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { postJson } from './post.ts'

const openssl = spawnSync('openssl', ['version']).status === 0

test.skipIf(!openssl)(
  `nothing is said to whoever cannot prove by certificate who they are${openssl ? '' : ' (skipped: no openssl)'}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fix402-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1']
    execFileSync('openssl', [...made, '-subj', '/CN=localhost'], { stdio: 'ignore' })
    let heard = 0
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
      heard += 1
      response.writeHead(204).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `https://localhost:${(server.address() as AddressInfo).port}/hooks`
    const here = { loopback: true, private: false }
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
    const outcome = await postJson(here, url, { headers: {}, body: '{}' }, resolve)
    expect([outcome.error, outcome.status, heard]).toEqual(['DEPTH_ZERO_SELF_SIGNED_CERT', undefined, 0])
    server.close()
    rmSync(folder, { recursive: true })
  },
)
