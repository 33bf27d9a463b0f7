import type { App, Config } from './config.ts'
import { sha256 } from './token.ts'

/** Which app speaks, by the SHA-256 of its key (`Authorization: Bearer …`); undefined for anybody else. */
export function appByKey({ apps }: Config): (authorization: string | undefined) => App | undefined {
  const byDigest = new Map(apps.flatMap((app) => app.keyDigests.map((digest) => [digest, app] as const)))
  return (authorization) => {
    const [, key] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? []
    return key === undefined ? undefined : byDigest.get(sha256(key))
  }
}
