import { createHash } from 'node:crypto'
import { chmod, mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import ssh2 from 'ssh2'

export interface HostKey {
  /** OpenSSH's own form. */
  readonly privateKey: string
  readonly fingerprint: string
}

/** As `ssh` shows it: `SHA256:...`. */
export const fingerprintOf = (blob: Buffer): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`

/** The key by which clients know this installation: made once, kept in `path` for its owner alone. Rejects when the file holds something else. */
export async function hostKeyIn(path: string): Promise<HostKey> {
  const privateKey = await keptOrMade(path)
  const key = ssh2.utils.parseKey(privateKey)
  if (key instanceof Error)
    throw new Error(`${path} holds no SSH host key: ${key.message}. Remove it, and another is made.`)
  return { privateKey, fingerprint: fingerprintOf(key.getPublicSSH()) }
}

/** The library makes one in some hundreds that it can not read itself. */
const TRIES = 20

/** A new private key that can be read. `make` is the library’s. */
export function goodKey(
  make = () => ssh2.utils.generateKeyPairSync('ed25519', { comment: 'kilp' }).private,
): string {
  for (let n = 1; n < TRIES; n += 1) {
    const made = make()
    if (!(ssh2.utils.parseKey(made) instanceof Error)) return made
  }
  return make()
}

async function keptOrMade(path: string): Promise<string> {
  const made = goodKey()
  await mkdir(dirname(path), { recursive: true })
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(made)
      await file.sync()
    } finally {
      await file.close()
    }
    return made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    await chmod(path, 0o600)
    return readFile(path, 'utf8')
  }
}
