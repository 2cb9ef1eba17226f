import { createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cardAuthority, timeStampIdentity } from '../../infra/services/eid/src/authority.ts'
import { timeStampAuthority } from '../../infra/services/eid/src/time-stamp.ts'
import { selfSigned } from '../../infra/services/kit/certificates.ts'
import type { Database } from '../../infra/services/kit/database.ts'
import type { Instance } from '../../infra/services/kit/members.ts'
import { SUBSYSTEMS, type Subsystem } from '../../infra/services/xroad/src/members.ts'
import { openMessageLog } from '../../infra/services/xroad/src/message-log.ts'
import type { Peer } from '../../infra/services/xroad/src/peers.ts'
import type { SecurityServer } from '../../infra/services/xroad/src/security-server.ts'
import { openSigner } from '../../infra/services/xroad/src/signature.ts'
import { litePool } from '../kit/lite-pool.ts'

export const line = (key: KeyObject): string =>
  Buffer.from(
    key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' } as never),
  ).toString('base64')

export const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

export const certificateOf = (key: KeyObject, name = 'test') =>
  new X509Certificate(selfSigned(line(key), name).cert)

export function subsystem(code: string): Subsystem {
  const found = SUBSYSTEMS.find((one) => one.subsystemCode === code)
  if (!found) throw new Error(code)
  return found
}

/** A database for the message log; `clear` gives it the schema anew. It takes seconds to open. */
export async function openLogDatabase() {
  const db = await litePool([])
  const schema = await readFile('infra/services/xroad/src/schema.sql', 'utf8')
  const clear = async (): Promise<void> => {
    await db.query(`drop table if exists message_log, message_timestamp; ${schema}`)
  }
  await clear()
  return { db, clear }
}

/** A security server without its network side. */
export async function openServer(
  instance: Instance,
  db: Database,
  peers: readonly Peer[] = [],
  mayLog: () => void = () => undefined,
): Promise<SecurityServer> {
  const log = openMessageLog(db, mayLog)
  await log.open()
  return { instance, signer: openSigner(line(newKeys().privateKey), instance), log, peers }
}

/** An HTTP server on a port of its own. */
export async function listening(handler: RequestListener): Promise<{ url: string; close: () => void }> {
  const server = createServer(handler)
  // Kept connections outlast whatever else keeps this process from its loop (openssl, a busy machine).
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A time-stamping authority of its own, for `timestamp` of the kit: sets TSA_URL and TSA_KEY. */
export async function openTimestampAuthority(): Promise<{ key: string; close: () => void }> {
  const pem = () => newKeys().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const identity = timeStampIdentity(pem(), cardAuthority(pem()))
  const stamp = timeStampAuthority(identity)
  const { url, close } = await listening((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => response.end(stamp(Buffer.concat(parts))))
  })
  const key = line(createPublicKey(identity.key))
  process.env.TSA_URL = `${url}/`
  process.env.TSA_KEY = key
  return { key, close }
}
