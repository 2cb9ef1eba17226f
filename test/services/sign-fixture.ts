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
import { newKey, oneLine, openTrustServer, publicOf } from './trust-server.ts'

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
  const server = await openTrustServer({ stamp, status, stampKey: trust.timeStamps })

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
  return { authority, trust, held, sign, close: server.close }
}
