import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cardOf, useCard } from '../../infra/probe/src/card.ts'
import {
  cardAuthority,
  responderIdentity,
  timeStampIdentity,
} from '../../infra/services/eid/src/authority.ts'
import { statusResponder } from '../../infra/services/eid/src/status-responder.ts'
import { timeStampAuthority } from '../../infra/services/eid/src/time-stamp.ts'
import type { Trust } from '../../infra/services/sign/src/certificate.ts'
import type { Container, DataFile } from '../../infra/services/sign/src/container.ts'
import { finishSignature, prepareSignature } from '../../infra/services/sign/src/signing.ts'
import { dataToSign } from '../../infra/services/sign/src/xades.ts'

export const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
const publicOf = (key: string): string =>
  createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
export const oneLine = (text: string): string => Buffer.from(text).toString('base64')

export const MARI = { code: '48803022712', given: 'Mari-Liis', family: "Õun, O'Connor" }
export const JAAN = { code: '37605030299', given: 'Jaan', family: 'Tamm' }

export const file = (name: string, text: string): DataFile => ({
  name,
  mediaType: 'text/plain',
  data: Buffer.from(text),
})

/** The state's trust services on a port of their own, and people who sign. */
export async function openSigning() {
  const authority = cardAuthority(newKey())
  const stamper = timeStampIdentity(newKey(), authority)
  const stamp = timeStampAuthority(stamper)
  const held = { now: false }
  const status = statusResponder(responderIdentity(newKey(), authority), authority, {
    isIssued: () => true,
    suspendedSince: async () => (held.now ? new Date() : null),
  })
  const trust: Trust = { cardAuthority: publicOf(authority.key), timeStamps: publicOf(stamper.key) }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const body = Buffer.concat(parts)
      response.end(request.url === '/ocsp' ? await status(body) : stamp(body))
    })
  })
  // Kept connections outlast whatever else keeps this process from its loop (openssl, a busy machine).
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env.TSA_URL = `${base}/tsa`
  process.env.OCSP_URL = `${base}/ocsp`
  process.env.TSA_KEY = oneLine(trust.timeStamps)

  async function sign(
    container: Container,
    holder: typeof MARI,
    authorityKey = authority.key,
  ): Promise<Container> {
    const line = oneLine(authorityKey)
    const certificate = Buffer.from((await cardOf(line, holder, 'signature')).certificate, 'base64')
    const intent = prepareSignature(container.files, certificate, trust)
    const digest = dataToSign(intent).toString('base64')
    const use = { person: holder.code, origin: '', nonce: '', certificate: 'signature', digest } as const
    const { signature } = JSON.parse(await useCard(line, holder, use))
    return finishSignature(intent, Buffer.from(signature, 'base64'), container, trust)
  }
  return { authority, trust, held, sign, close: () => void server.close() }
}
